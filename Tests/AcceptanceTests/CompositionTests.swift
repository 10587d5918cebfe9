import Foundation
import JSONCore
import TestSupport
import Testing

/// Plans made of several files: parts that are included, and plans that extend others.
@Suite struct CompositionTests {
  private static let people = """
    data:
      people:
        csv: |
          id
          ann
        key: id
        columns: {id: text}
    people: {table: people}
    """

  private static let global = """
    plan: Global
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-01-31}
    include: shared/people.yaml
    data:
      deals:
        csv: |
          id,date,owner,amount
          D-1,2026-01-05,ann,100.00
        key: id
        columns: {id: text, date: date, owner: text, amount: money}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    components:
      pay: {module: commission, credits: own, config: {rate: 10%, round: {at: line}}}
      kicker: {module: commission, credits: own, config: {rate: 1%, round: {at: line}}}
    """

  private static func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in files { _ = try folder.write(text + "\n", name) }
    return folder
  }

  private static func manifest(_ files: [String: String]) throws -> JSONValue {
    let folder = try folder(files)
    let outcome = try Program.incentive(["run", "region.yaml", "--out", "out"], folder: folder.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try JSONValue(parsing: String(contentsOfFile: folder.path + "/out/run.json", encoding: .utf8))
  }

  private static let files = ["shared/people.yaml": people, "global.yaml": global]

  @Test("a regional plan says what differs from the global one, and takes keys away with null")
  func extends() throws {
    let region = "plan: EMEA\nextends: global.yaml\ncomponents:\n  pay: {config: {rate: 12%}}\n  kicker: ~"
    let manifest = try Self.manifest(Self.files.merging(["region.yaml": region]) { $1 })
    // 100.00 at 12 %, no kicker.
    #expect(manifest["total"]?.string == "12.00")
    #expect(manifest["plan"]?["name"]?.string == "EMEA")
    #expect(
      manifest["plan"]?["parts"]?.array?.compactMap { $0["file"]?.string }
        == ["global.yaml", "shared/people.yaml"])
    #expect(manifest["components"]?.array?.count == 1)
  }

  @Test("faults in a part are told in the part, with its lines")
  func place() throws {
    let folder = try Self.folder([
      "shared/people.yaml": Self.people.replacingOccurrences(
        of: "people: {table: people}", with: "people: {tabel: people}"),
      "region.yaml": Self.global,
    ])
    let outcome = try Program.incentive(["check", "region.yaml"], folder: folder.path)
    #expect(outcome.code == 1)
    let text = outcome.errors + outcome.output
    #expect(text.contains("shared/people.yaml:8:10: error: `people` has no key `tabel` [unknown-key]"))
    #expect(text.contains("people: {tabel: people}"))
    #expect(text.contains("did you mean `table`?"))
  }

  @Test(
    "what cannot be put together is told",
    arguments: [
      ("plan: R\nextends: nowhere.yaml", "region.yaml:2:10: error: "),
      ("plan: R\nextends: region.yaml", "region.yaml:2:10: error: `region.yaml` is made of itself"),
      ("plan: R\nextends: [a, b]", "region.yaml:2:10: error: `extends` names one plan"),
      (
        "include: [shared/people.yaml, shared/people2.yaml]\n"
          + global.replacingOccurrences(
            of: "include: shared/people.yaml\n", with: ""),
        "shared/people2.yaml:3:5: error: `csv` is stated twice, here and in another part of the plan"
      ),
    ])
  func refused(region: String, message: String) throws {
    let folder = try Self.folder(
      Self.files.merging(["region.yaml": region, "shared/people2.yaml": Self.people]) { $1 })
    let outcome = try Program.incentive(["check", "region.yaml"], folder: folder.path)
    #expect(outcome.code == 1)
    #expect((outcome.errors + outcome.output).contains(message), "\(outcome.errors + outcome.output)")
  }

  @Test("a bad cell of an included table is told in the included file")
  func cell() throws {
    let folder = try Self.folder([
      "shared/deals.yaml": """
      data:
        deals:
          csv: |
            id,date,owner,amount
            D-1,2026-01-05,ann,oops
          key: id
          columns: {id: text, date: date, owner: text, amount: money}
      """, "shared/people.yaml": Self.people,
      "region.yaml": Self.global.replacingOccurrences(
        of: "include: shared/people.yaml", with: "include: [shared/people.yaml, shared/deals.yaml]"
      ).replacingOccurrences(
        of: """
          data:
            deals:
              csv: |
                id,date,owner,amount
                D-1,2026-01-05,ann,100.00
              key: id
              columns: {id: text, date: date, owner: text, amount: money}

          """, with: ""),
    ])
    let outcome = try Program.incentive(["run", "region.yaml"], folder: folder.path)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("shared/deals.yaml:5"), "\(outcome.errors)")
  }
}
