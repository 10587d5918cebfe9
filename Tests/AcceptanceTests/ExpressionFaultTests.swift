import Foundation
import TestSupport
import Testing

/// Rows for which a condition has no value stop the run and are named.
@Suite struct ExpressionFaultTests {
  private static let plan = """
    plan: Faults
    currency: USD
    calendar: {period: month, from: 2026-06-01, to: 2026-07-31}
    constants:
      floor:
        - {from: 2026-07-01, value: 10}
    data:
      people:
        csv: |
          id
          ann
        key: id
        columns: {id: text}
      deals:
        csv: |
          id,date,owner,amount,units
          D-1,2026-06-10,ann,5500.00,10
          D-2,2026-07-10,ann,100.00,0
        key: id
        columns: {id: text, date: date, owner: text, amount: money, units: integer}
    people: {table: people}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner, where: CREDIT}
    measures:
      big: {count: lines, credits: own, over: period, where: MEASURE}
    components:
      pay:
        module: commission
        credits: own
        where: COMPONENT
        config: {rate: 10%, round: {at: line}}
    """

  private func run(credit: String = "true", measure: String = "true", component: String = "true") throws -> (
    code: Int32, errors: String
  ) {
    let folder = try TemporaryFolder()
    let text = Self.plan.replacing("CREDIT", with: credit).replacing("MEASURE", with: measure)
      .replacing("COMPONENT", with: component)
    _ = try folder.write(text, "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml"], folder: folder.path)
    return (outcome.code, outcome.errors)
  }

  @Test("a division by zero in a condition names the row, wherever the condition stands")
  func division() throws {
    let condition = "amount / units > 5"
    for outcome in try [run(credit: condition), run(measure: condition), run(component: condition)] {
      #expect(outcome.code != 0)
      #expect(outcome.errors.contains("plan.yaml:18: "), "\(outcome.errors)")
      #expect(outcome.errors.contains("`amount / units > 5` has no value for this row: division by zero"))
      #expect(outcome.errors.contains("test for it first"))
    }
    #expect(try run(credit: "units != 0 && \(condition)", measure: "\(condition) || units == 0").code == 0)
  }

  @Test("a constant has no value before its first day, and the row says so")
  func constant() throws {
    let outcome = try run(credit: "units >= floor")
    #expect(outcome.code != 0)
    #expect(outcome.errors.contains("plan.yaml:17: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("constant `floor` has no value on this day"))
    #expect(try run(credit: "date.month() == 6 || units < floor").code == 0)
  }
}
