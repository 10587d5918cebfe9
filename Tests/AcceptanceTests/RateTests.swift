import Foundation
import TestSupport
import Testing

/// Which rate of exchange counts, for credit, quotas and pay.
@Suite struct RateTests {
  private static let rates = """
    currency,date,rate
    EUR,2026-02-27,1.0100
    EUR,2026-03-06,1.0200
    EUR,2026-03-31,1.0300
    EUR,2026-04-15,1.0400
    """

  private static func run(
    _ convert: String, _ rates: String = rates, days: [String] = ["2026-03-08"]
  ) throws -> (code: Int32, amounts: [String], errors: String) {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      """
      plan: Rates
      currency: USD
      calendar: {period: month, from: 2026-03-01, to: 2026-04-30}
      data:
        people: {csv: "id\\nann\\n", key: id, columns: {id: text}}
        deals:
          file: deals.csv
          key: id
          columns: {id: text, date: date, currency: text, amount: money}
        fx:
          file: fx.csv
          columns: {currency: text, date: date, rate: {type: decimal, places: 4}}
      people: {table: people}
      credits:
        own:
          table: deals
          date: date
          amount: amount
          to: [{person: ann}]
          convert: {from: currency, table: fx, currency: currency, rate: rate, \(convert)}
      components:
        pay: {module: commission, credits: own, config: {rate: 100%, round: {at: line}}}
      outputs:
        lines: {columns: {day: date, amount: credited}}
      """, "plan.yaml")
    _ = try folder.write(rates + "\n", "fx.csv")
    let rows = days.enumerated().map { "D-\($0),\($1),EUR,100.00\n" }.joined()
    _ = try folder.write("id,date,currency,amount\n" + rows, "deals.csv")
    let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
    let lines = (try? String(contentsOfFile: folder.path + "/out/lines.csv", encoding: .utf8)) ?? ""
    return (outcome.code, CSVRows.read(lines).compactMap { $0["amount"] }, outcome.errors)
  }

  @Test(
    "the rate that counts is that of the day, the latest, the month's or the month's end",
    arguments: [
      ("date: date, at: day", "2026-03-06", "102.00"), ("date: date", "2026-03-31", "103.00"),
      ("date: date, at: latest", "2026-03-08", "102.00"), ("date: date, at: latest", "2026-03-01", "101.00"),
      ("date: date, at: latest", "2026-04-30", "104.00"),
      ("date: date, at: month-end", "2026-03-02", "103.00"),
      ("date: date, at: month", "2026-04-01", "104.00"), ("date: date, at: month", "2026-04-30", "104.00"),
    ])
  func counted(convert: String, day: String, amount: String) throws {
    let outcome = try Self.run(convert, days: [day])
    // March has two rows for `month`, which are rejected; they touch no line of April.
    #expect(outcome.amounts == [amount], "\(outcome.errors)")
  }

  @Test("the plan's rate holds for all days")
  func planned() throws {
    let outcome = try Self.run(
      "at: plan", "currency,date,rate\nEUR,2020-01-01,1.1000", days: ["2026-03-01", "2026-04-30"])
    #expect(outcome.code == 0 && outcome.amounts == ["110.00", "110.00"], "\(outcome.errors)")
  }

  @Test(
    "an amount without a rate rejects its row, with the currency and the time",
    arguments: [
      ("date: date", "2026-03-08", "there is no rate of EUR on 2026-03-08"),
      (
        "date: date, at: month-end", "2026-04-15",
        "there is no rate of EUR on the last day of the month of 2026-04-15"
      ),
      ("date: date, at: month", "2026-03-08", "the rate of EUR for the month of 2026-03-08 was rejected"),
      ("at: plan", "2026-03-08", "the rate of EUR for the plan was rejected"),
    ])
  func missing(convert: String, day: String, message: String) throws {
    let outcome = try Self.run(convert, days: [day])
    #expect(outcome.code == 1 && outcome.amounts.isEmpty)
    #expect(
      outcome.errors.contains("deals.csv:2 (currency): error: \(message) [no-rate]"), "\(outcome.errors)")
  }

  @Test("two rates for the same time are told with each other's line, in whatever order")
  func twins() throws {
    let outcome = try Self.run("date: date, at: month", days: ["2026-03-08"])
    for words in [
      "fx.csv:3 (rate): error: line 4 has a rate of EUR for the month of 2026-03-06 too",
      "fx.csv:4 (rate): error: line 3 has a rate of EUR for the month of 2026-03-31 too",
    ] { #expect(outcome.errors.contains(words), "\(words) in \(outcome.errors)") }
  }
}
