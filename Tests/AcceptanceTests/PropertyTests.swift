import Foundation
import JSONCore
import TestSupport
import Testing

/// What must change nothing changes nothing, in every plan of the reference whose pay is stated there.
@Suite struct PropertyTests {
  private static var blocks: [Markdown.Block] {
    ((try? Markdown(path: "Docs/PlanReference.md")) ?? nil)?.blocks ?? []
  }
  static let plans = blocks.filter { !$0.pays.isEmpty && $0.text.contains("\nplan: ") }.compactMap(\.file)

  /// What a plan pays, by payee and period; the other files of the reference lie beside it.
  private func pay(_ file: String, _ text: String) throws -> [String: String] {
    let folder = try TemporaryFolder()
    for block in Self.blocks {
      if let name = block.file { _ = try folder.write(block.text, name) }
    }
    _ = try folder.write(text, file)
    let outcome = try Program.incentive(["run", file, "--format", "json"], folder: folder.path)
    try #require(outcome.code == 0, "\(file): \(outcome.errors)")
    var pay: [String: String] = [:]
    for row in try JSONValue(parsing: outcome.output)["statements"]?.array ?? [] {
      pay["\(row["payee"]?.string ?? "") \(row["period"]?.string ?? "")"] = row["total"]?.string
    }
    return pay
  }

  private func text(_ file: String) throws -> String {
    String(try #require(Self.blocks.first { $0.file == file }).text)
  }

  @Test("the order of rows", arguments: plans)
  func rows(file: String) throws {
    let text = try text(file)
    var lines: [Substring] = []
    var rows: [Substring] = []
    var indent: Int?
    var isHeading = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == " " }.count
      if let inner = indent, depth >= inner, !line.isEmpty {
        if isHeading { lines.append(line) } else { rows.append(line) }
        isHeading = false
        continue
      }
      lines += rows.reversed()
      rows = []
      indent = nil
      lines.append(line)
      if line.hasSuffix("csv: |") { (indent, isHeading) = (depth + 2, true) }
    }
    let turned = (lines + rows.reversed()).joined(separator: "\n")
    #expect(try pay(file, turned) == pay(file, text))
  }

  @Test("a component that is in force for nobody", arguments: plans)
  func disabled(file: String) throws {
    let text = try text(file)
    guard let rule = text.firstMatch(of: #/\ncredits:\n  (\w+):/#), text.contains("\ncomponents:\n") else {
      return
    }
    let more = text.replacing(
      "\ncomponents:\n",
      with: """

        components:
          zz_off: {module: commission, credits: \(rule.1), payees: 1 > 2, config: {rate: 10%, round: {at: line}}}

        """)
    #expect(try pay(file, more) == pay(file, text))
  }

  @Test("other ids in the same order", arguments: plans)
  func ids(file: String) throws {
    let text = try text(file)
    // The ids of a plan that extends another stand in that one.
    if text.contains("\nextends: ") { return }
    let people = Set(try pay(file, text).keys.map { String($0.prefix { $0 != " " }) })
    var renamed = text.replacing(#/\b([A-Z])-(\d+)\b/#.wordBoundaryKind(.simple)) { "Z\($0.1)-\($0.2)" }
    for id in people {
      renamed = renamed.replacing(try Regex("\\b\(id)\\b(?!:)").wordBoundaryKind(.simple), with: "z-\(id)")
    }
    let before = try pay(file, text)
    let after = try pay(file, renamed)
    #expect(after == Dictionary(uniqueKeysWithValues: before.map { ("z-" + $0.key, $0.value) }))
  }

  @Test("there are plans to look at")
  func count() { #expect(Self.plans.count > 30) }
}
