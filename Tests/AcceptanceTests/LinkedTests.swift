import TestSupport
import Testing

/// Components and measures that look at each other, and the circles that they must not make.
@Suite struct LinkedTests {
  private func check(_ changes: [(String, String)]) throws -> (code: Int32, errors: String) {
    let blocks = try Markdown(path: "Docs/PlanReference.md").blocks
    var plan = String(try #require(blocks.first { $0.file == "linked.yaml" }).text)
    for (old, new) in changes {
      try #require(plan.contains(old))
      plan = plan.replacing(old, with: new)
    }
    let folder = try TemporaryFolder()
    _ = try folder.write(plan, "plan.yaml")
    let outcome = try Program.incentive(["check", "plan.yaml"], folder: folder.path)
    return (outcome.code, outcome.errors)
  }

  private static let passed = ("credits:\n", "credits:\n  paid: {roll_up: {earnings: kicker}}\n")
  private static let managers = ("people: {table: people}", "people: {table: people, manager: id}")

  @Test("components that go by each other's pay wait in a circle")
  func earnings() throws {
    let (code, errors) = try check([
      (
        "config: {rate: 10%, round: {at: line}}",
        "config: {rate: {by: {earned: kicker}, edge: upper, bands: [{to: 5, rate: 1%}, {rate: 2%}]}, round: {at: line}}"
      )
    ])
    #expect(code == 1)
    for name in ["kicker", "commission"] {
      #expect(errors.contains("component `\(name)` waits for itself"), "\(errors)")
    }
  }

  @Test("a component whose gate looks at a measure of its own pay waits for itself")
  func measure() throws {
    let (code, errors) = try check([
      Self.passed, Self.managers, ("count: lines\n    credits: own", "count: lines\n    credits: paid"),
    ])
    #expect(code == 1)
    #expect(errors.contains("component `kicker` waits for itself"), "\(errors)")
  }

  @Test("so does one that looks at a formula over a measure of its own pay")
  func formula() throws {
    let (code, errors) = try check([
      Self.passed, Self.managers,
      ("measures:\n", "measures:\n  paid_out: {sum: amount, credits: paid, over: period}\n"),
      (
        "    count: lines\n    credits: own\n",
        "    formula: paid_out * 2\n    round: {places: 2}\n    if_none: 0\n"
      ),
    ])
    #expect(code == 1)
    #expect(errors.contains("component `kicker` waits for itself"), "\(errors)")
  }
}
