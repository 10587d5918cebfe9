import Foundation
import JSONCore
import TestSupport
import Testing

/// What changes nothing: every plan of the cookbook pays what its table says with its rows in another order, its people
/// under other ids, and beside a component that is not in force.
@Suite struct PlanPropertyTests {
  private static let pages = Project.files("Docs/Cookbook", ending: ".md")

  @Test("the order of rows changes no pay")
  func rowOrder() throws { try expectSamePay(Self.reversed) }

  @Test("other ids of people change no pay")
  func otherIDs() throws { try expectSamePay(Self.renamed) { "z" + $0 } }

  @Test("a component that is not in force changes no pay")
  func spareComponent() throws { try expectSamePay(Self.withSpare) }

  /// Tries every plan of the cookbook after a change, all in one run of plan tests.
  private func expectSamePay(
    _ change: (String) throws -> String, payee: (String) -> String = { $0 }
  ) throws {
    let folder = try TemporaryFolder()
    var count = 0
    for page in Self.pages {
      for plan in try Markdown(path: page).blocks where !plan.pays.isEmpty {
        let file = try #require(plan.file)
        let changed = try change(plan.text)
        #expect(changed != plan.text, "\(file) is as it was")
        _ = try folder.write(changed, file)
        let figure = plan.text.contains("total: paid") ? "paid" : "total"
        let expected = plan.pays.map { key, amount in
          let words = key.split(separator: " ").map(String.init)
          return "      - {payee: \(payee(words[0])), period: \(words[1]), \(figure): \(amount)}"
        }
        _ = try folder.write(
          "tests:\n  - name: it pays the same\n    expect:\n\(expected.sorted().joined(separator: "\n"))\n",
          file.replacing(".yaml", with: ".test.yaml"))
        count += 1
      }
    }
    #expect(count >= 40)
    let outcome = try Program.incentive("test", ".", folder: folder.path)
    #expect(outcome.code == 0 && outcome.output.hasSuffix("\(count) passed\n"), "\(outcome.output)")
  }

  /// The rows of each table from the last to the first.
  private static func reversed(_ plan: String) -> String {
    var result: [Substring] = []
    var rows: [Substring]?
    for line in plan.split(separator: "\n", omittingEmptySubsequences: false) {
      if let waiting = rows, !line.hasPrefix("      ") {
        result += waiting.prefix(1) + waiting.dropFirst().reversed()
        rows = nil
      }
      if rows != nil { rows?.append(line) } else { result.append(line) }
      if line.hasSuffix("csv: |") { rows = [] }
    }
    // A table of one row is the same from either end; a comment tells it apart.
    return result.joined(separator: "\n") + "# reversed\n"
  }

  /// A letter before the id of each payee, wherever it stands.
  private static func renamed(_ plan: String) throws -> String {
    let table = try #require(plan.firstMatch(of: #/  people:\n    csv: \|\n      .*\n((?:      .*\n)+)/#))
    let ids = table.1.split(separator: "\n").map { row in
      row.drop { $0 == " " }.prefix { $0 != "," }
    }
    return try ids.reduce(plan) { text, id in
      text.replacing(try Regex("\\b\(id)\\b(?!:)"), with: "z\(id)")
    }
  }

  /// One more component, which ended long ago.
  private static func withSpare(_ plan: String) throws -> String {
    let rule = try #require(plan.firstMatch(of: #/\ncredits:\n  (\w+):/#)).1
    return plan.replacing(
      "\ncomponents:\n",
      with: """

        components:
          spare: {module: commission, credits: \(rule), to: 1999-12-31, config: {rate: 50%, round: {at: line}}}

        """)
  }
}
