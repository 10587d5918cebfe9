import Foundation
import JSONCore
import Money
import TestSupport
import Testing

/// Measures other than plain sums, and columns that a plan works out.
@Suite struct FigureTests {
  private static func plan() throws -> String {
    let blocks = try Markdown(path: "Docs/PlanReference.md").blocks
    return String(try #require(blocks.first { $0.file == "figures.yaml" }).text)
  }

  private func run(_ plan: String) throws -> (code: Int32, statements: [JSONValue], errors: String) {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan, "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml", "--format", "json"], folder: folder.path)
    let output = try? JSONValue(parsing: outcome.output)
    return (outcome.code, output?["statements"]?.array ?? [], outcome.errors)
  }

  // Worked out by hand from the four deals of the plan.
  @Test("figures are those that the reference works out by hand")
  func figures() throws {
    let (code, statements, errors) = try run(Self.plan())
    try #require(code == 0, "\(errors)")
    let wanted = [
      "ann 2026-04": ["1250", "1", "850", "1200", "500", "500", "0.2647"],
      "ann 2026-05": ["600", "2", "866.67", "900", "500", "900", "0.3333"],
      "ben 2026-04": ["0", "0", "0", "0", "0", "0", "0"],
      "ben 2026-05": ["900", "1", "1000", "1000", "1000", "1000", "0.1"],
    ]
    let names = ["costs", "customers", "deal_size", "largest", "smallest", "latest", "margin_rate"]
    for row in statements {
      let key = "\(row["payee"]?.string ?? "") \(row["period"]?.string ?? "")"
      for (name, figure) in zip(names, wanted[key] ?? []) {
        let text =
          row[name].map { String(decoding: $0.bytes(), as: UTF8.self) }?.replacing("\"", with: "") ?? ""
        #expect(ExactDecimal(text) == ExactDecimal(figure), "\(key) \(name): \(text), not \(figure)")
      }
    }
    #expect(statements.count == wanted.count)
  }

  @Test("the order of rows changes no figure")
  func order() throws {
    let plan = try Self.plan()
    let deals = plan.split(separator: "\n", omittingEmptySubsequences: false).filter { $0.contains("  D-") }
    let turned = plan.replacing(deals.joined(separator: "\n"), with: deals.reversed().joined(separator: "\n"))
    #expect(turned != plan)
    #expect(try run(turned).statements.map { $0.bytes() } == run(plan).statements.map { $0.bytes() })
  }

  @Test(
    "a figure that cannot be made is told at its place",
    arguments: [
      (
        "formula: units * price", "formula: price / units / 7",
        "more than 2 digits after the point; say how to `round` it"
      ),
      (
        "formula: units * price", "formula: price / (units - 1)",
        "has no value for this row: division by zero"
      ),
      ("units * (price - cost)", "price / (units - 1)", "has no value for this row: division by zero"),
      ("round: {places: 2}, if_none: 0}", "if_none: 0}", "measure `deal_size` must state `round`"),
      ("round: {places: 2}, if_none: 0}", "round: {places: 2}}", "measure `deal_size` must state `if_none`"),
      (
        "sum: revenue - amount", "sum: revenue * 0.00001",
        "a figure of measure `costs` has more than 2 digits after the point"
      ),
      ("distinct: customer", "distinct: custmer", "did you mean `customer`?"),
      ("average: revenue", "average: customer", "this is a text, a number is wanted here"),
      ("sum: revenue - amount", "max: amount, sum: amount", "must have but one of"),
      ("amount: units * (price - cost)", "amount: units * (prize - cost)", "did you mean `price`?"),
      ("formula: units * price", "formula: units * revenue", "there is no `revenue` here"),
    ])
  func refusals(old: String, new: String, message: String) throws {
    let plan = try Self.plan()
    #expect(plan.contains(old))
    let outcome = try run(plan.replacing(old, with: new))
    #expect(outcome.code != 0 && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
