import Foundation
import TestSupport
import Testing

/// The tables of keys in the documents are those that the program makes of its descriptions and of modules' schemas.
///
/// `RECORD=1 swift test --filter ReferenceTests` writes them anew.
@Suite struct ReferenceTests {
  @Test("the tables of keys are as the schemas say", arguments: ["PlanReference.md", "Terms.md"])
  func tables(page: String) throws {
    let file = Project.path("Docs/" + page)
    let outcome = try Program.incentive(["schema", "--page", file])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD"] == "1", environment["CI"] == nil {
      try outcome.output.write(toFile: file, atomically: true, encoding: .utf8)
    }
    for fault in ["no mapping stands at", "has no key", "there is no module"] {
      #expect(!outcome.output.contains("\n" + fault) && !outcome.output.contains("` " + fault))
    }
    let (made, kept) = (lines(outcome.output), lines(try String(contentsOfFile: file, encoding: .utf8)))
    let other = zip(made, kept).first { $0 != $1 }
    #expect(
      made == kept,
      "write it anew with RECORD=1 swift test --filter ReferenceTests: \(other?.0 ?? "") is not \(other?.1 ?? "")"
    )
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The rows of tables, without their examples: `key | presence | value | meaning`.
  private func rows(_ text: String) -> [String] {
    lines(text).filter { $0.hasPrefix("| `") }.map { row in
      row.range(of: " Like `").map { String(row[..<$0.lowerBound]) } ?? String(row.dropLast(2))
    }
  }

  @Test(
    "every key of a plan is told in the reference, with its unit, and an example where it has no keys of its own"
  )
  func complete() throws {
    let all = try Program.incentive("schema", "--format", "markdown")
    #expect(all.code == 0)
    let page = try Project.text("Docs/PlanReference.md")
    // Where tables of several mappings stand in one, keys are told as `quota.table`.
    let told = Set(rows(page).map(Self.withoutPrefix))
    for row in Set(rows(all.output)).sorted() {
      #expect(
        told.contains(Self.withoutPrefix(row)), "no table has \(row): place a line `<!-- keys of … -->`")
    }
    for line in lines(all.output) where line.hasPrefix("| `") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      #expect(cells[3].count > 2, "\(line) has no unit")
      let hasOwn =
        line.contains("keys of its own") || line.contains("the module's terms") || line.contains("as CSV")
      #expect(
        hasOwn || line.contains("`\(Self.key(line)): ") || line.contains("Like `"), "\(line) has no example")
    }
  }

  private static func key(_ row: String) -> Substring { row.dropFirst(3).prefix { $0 != "`" } }

  private static func withoutPrefix(_ row: String) -> String {
    let key = key(row)
    return "| `" + (key.split(separator: ".").last ?? key) + row.dropFirst(3 + key.count)
  }
}
