import Foundation
import JSONCore
import Money
import TestSupport
import Testing
import YAMLSource

/// The rules on which the field disagrees: every reading of each is paid as it is stated, and a plan that states none is
/// asked.
@Suite struct ReadingTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    let plan: String
    let readings: [(stated: String, pays: [String: String])]
    var testDescription: String { name }
  }

  private static let file = "Tests/AcceptanceTests/Readings/readings.yaml"

  private static var root: YAMLNode? {
    (try? Project.text(file)).flatMap { YAMLReader.read(Array($0.utf8), file: file).root }
  }

  static let rules: [Rule] = (root?["rules"]?.pairs ?? []).map { pair in
    Rule(
      name: pair.key, plan: pair.value["plan"]?.scalar?.text ?? "",
      readings: (pair.value["readings"]?.items ?? []).map { reading in
        (
          reading["stated"]?.scalar?.text ?? "",
          Dictionary(
            uniqueKeysWithValues: (reading["pays"]?.pairs ?? []).map { ($0.key, $0.value.scalar?.text ?? "") }
          )
        )
      })
  }

  private func run(
    _ rule: Rule, _ stated: String, _ command: [String]
  ) throws -> (code: Int32, output: String, errors: String) {
    let folder = try TemporaryFolder()
    _ = try folder.write(try #require(Self.root?["base"]?.scalar?.text), "base.yaml")
    _ = try folder.write(
      "plan: \(rule.name)\nextends: base.yaml\n" + rule.plan.replacing("STATED", with: stated), "plan.yaml")
    let outcome = try Program.incentive(command, folder: folder.path)
    return (outcome.code, outcome.output, outcome.errors)
  }

  @Test("each reading pays what it says", arguments: rules)
  func pays(rule: Rule) throws {
    #expect(rule.plan.contains("STATED"))
    #expect(rule.readings.count >= 2)
    #expect(Set(rule.readings.map(\.pays)).count == rule.readings.count, "two readings pay the same")
    for (stated, pays) in rule.readings {
      let (code, output, errors) = try run(rule, stated, ["run", "plan.yaml", "--format", "json"])
      try #require(code == 0, "\(stated): \(errors)")
      var found: [String: ExactDecimal] = [:]
      for row in try JSONValue(parsing: output)["statements"]?.array ?? [] {
        let total = row["total"].map { String(decoding: $0.bytes(), as: UTF8.self) }?.replacing(
          "\"", with: "")
        found["\(row["payee"]?.string ?? "") \(row["period"]?.string ?? "")"] = total.flatMap {
          ExactDecimal($0)
        }
      }
      for (key, amount) in pays {
        #expect(
          found[key] == ExactDecimal(amount), "\(stated): \(key) gets \(found[key]?.description ?? "nothing")"
        )
      }
    }
  }

  @Test("a plan that states no reading is asked for one", arguments: rules)
  func asked(rule: Rule) throws {
    let key = rule.readings.first.map { $0.stated.prefix { $0 != ":" } } ?? ""
    // An override must name what it is paid on: there is no key to leave out.
    if rule.name == "what an override is paid on" { return }
    let plan = rule.plan.replacing(", STATED", with: "").replacing("STATED, ", with: "")
      .replacing(#/\n *STATED\n/#, with: "\n").replacing(#/, if_none: STATED/#, with: "")
    #expect(!plan.contains("STATED"))
    let (code, _, errors) = try run(
      Rule(name: rule.name, plan: plan, readings: []), "", ["check", "plan.yaml"])
    #expect(code == 1)
    #expect(errors.contains("[unstated-rule]") && errors.contains("`\(key)`"), "\(errors)")
  }

  @Test("the rules are those that the design names, and more")
  func count() { #expect(Self.rules.count >= 12) }
}
