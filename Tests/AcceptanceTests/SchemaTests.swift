import Foundation
import JSONCore
import TestSupport
import Testing

/// `incentive schema`, held by a public validator against plans that are good and plans that are not.
@Suite struct SchemaTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let outcome = try Program.run(Project.program("incentive"), ["schema"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    _ = try folder.write(outcome.output, "schema.json")
  }

  /// What the validator says of plans: the number of faults and the first of them, by path.
  private func faults(_ plans: [String]) throws -> [String: (count: Int, first: String)] {
    let outcome = try Program.run(
      try #require(Program.python),
      [Project.path("Tests/Support/check_schema.py"), folder.path + "/schema.json"] + plans)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return Dictionary(
      uniqueKeysWithValues: outcome.output.split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        return (String(parts[1]), (Int(parts[0]) ?? -1, String(parts[2])))
      })
  }

  @Test("every sample plan, and every plan of the documents, is valid against the schema")
  func valid() throws {
    var plans = Project.files("Plans", ending: ".yaml").filter { !$0.hasSuffix(".test.yaml") }
      .map(Project.path)
    for path in ["README.md"] + Project.files("Docs", ending: ".md")
    where !path.hasPrefix("Docs/Diagnostics/") {
      for block in try Markdown(path: path).blocks
      where block.language == "yaml" && block.text.contains("\nplan: ")
        && block.file?.hasSuffix(".test.yaml") != true
      {
        let name = path.replacing("/", with: "-") + "-\(block.line).yaml"
        plans.append(try folder.write(block.text, name))
      }
    }
    #expect(plans.count > 15)
    for (plan, fault) in try faults(plans) { #expect(fault.count == 0, "\(plan): \(fault.first)") }
  }

  @Test("what the readers refuse in keys, types and words the schema refuses")
  func invalid() throws {
    let corpus = [
      "boolean-in-words", "calendar-not-a-day", "calendar-unknown-period", "calendar-without-end",
      "component-without-config", "component-without-module", "credit-without-owner",
      "measure-without-window", "missing-currency", "missing-plan-name",
      "misspelt-keys", "plan-is-a-list", "quota-without-zero-rule", "several-faults-at-once",
      "unknown-key-at-top",
    ]
    .map { Project.path("Tests/PlanReadingTests/Corpus/\($0).yaml") }
    .filter { FileManager.default.fileExists(atPath: $0) }
    #expect(corpus.count >= 15)
    let good = try Project.text("Plans/one-salesperson/plan.yaml")
    var plans = corpus
    for (place, (old, new)) in [
      ("rate: 15%", "rate: much"), ("rate: 15%", "rat: 15%"), ("method: marginal", "method: marginel"),
      ("module: commission", "module: comission"), ("to: 100%", "to: [100%]"),
      ("round: {at: line}", "round: line"),
      ("over: period\n    quota", "over: decade\n    quota"), ("zero_quota: unmet", "zero_quota: 0"),
    ].enumerated() {
      #expect(good.contains(old))
      plans.append(try folder.write(good.replacing(old, with: new), "broken-\(place).yaml"))
    }
    for (plan, fault) in try faults(plans) { #expect(fault.count > 0, "\(plan) is found to be good") }
  }

  @Test("numbers are valid as plans write them, and a plan that extends another may be a part of one")
  func writing() throws {
    let good = try Project.text("Plans/one-salesperson/plan.yaml")
    let tiers = try #require(good.range(of: "      tiers:"))
    func plan(_ config: String, _ name: String) throws -> String {
      try folder.write(good[..<tiers.lowerBound] + config + "      round: {at: line}\n", name)
    }
    let fine = [
      try plan("      rate: 7.5%\n      cap: {amount: 12000, per: period}\n", "a.yaml"),
      try plan(
        "      rate: 0.075\n      cap:\n        amount: 12,000.00 USD\n        per: period\n", "b.yaml"),
      try folder.write("extends: base.yaml\ncomponents: {commission: {config: {rate: 8%}}}\n", "c.yaml"),
    ]
    for (plan, fault) in try faults(fine) { #expect(fault.count == 0, "\(plan): \(fault.first)") }
    let wrong = [
      try plan("      rate: 12,000.00 USD\n", "d.yaml"), try plan("      rate: 7.5 %\n", "e.yaml"),
      try folder.write("extends: base.yaml\ncompnents: {}\n", "f.yaml"),
    ]
    for (plan, fault) in try faults(wrong) { #expect(fault.count > 0, "\(plan)") }
  }

  @Test("a module's terms alone are a schema too, and a module that is not there is told")
  func ofModule() throws {
    let outcome = try Program.incentive("schema", "--module", "commission")
    #expect(outcome.code == 0)
    let schema = try JSONValue(parsing: outcome.output)
    #expect(schema["$defs"]?["terms.commission"]?["properties"]?["rate"] != nil)
    let none = try Program.incentive("schema", "--module", "comission")
    #expect(none.code == 1 && none.errors.contains("did you mean `commission`?"))
  }
}
