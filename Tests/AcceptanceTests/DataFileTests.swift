import Foundation
import JSONCore
import TestSupport
import Testing

/// Tables of several files, and control totals.
@Suite struct DataFileTests {
  private static func plan(_ deals: String) -> String {
    """
    plan: Files
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-02-28}
    data:
      people:
        csv: |
          id
          ann
          ben
        key: id
        columns: {id: text}
      deals:
        \(deals)
        key: id
        columns: {id: text, date: date, owner: {type: text, references: people}, amount: money}
    people: {table: people}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    components:
      pay: {module: commission, credits: own, config: {rate: 10%, round: {at: line}}}
    """
  }

  private static let january = "id,date,owner,amount\nJ-1,2026-01-05,ann,100.00\nJ-2,2026-01-06,ben,200.00\n"
  private static let february = "amount,id,date,owner\n400.00,F-1,2026-02-05,ann\n"

  private static func folder(_ deals: String, _ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan(deals), "plan.yaml")
    for (name, text) in files { _ = try folder.write(text, name) }
    return folder
  }

  private static func run(_ folder: TemporaryFolder) throws -> Program.Outcome {
    try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
  }

  private static func read(_ folder: TemporaryFolder, _ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/out/" + name, encoding: .utf8)
  }

  @Test(
    "several files of a table are read one after the other",
    arguments: [
      "file: [deals-2026-01.csv, deals-2026-02.csv]", "file: deals-*.csv", "file: deals-2026-*.csv",
    ])
  func several(deals: String) throws {
    let files = [
      "deals-2026-01.csv": Self.january, "deals-2026-02.csv": Self.february, ".deals-x.csv": "x\n",
    ]
    let folder = try Self.folder(deals, files)
    let outcome = try Self.run(folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let manifest = try JSONValue(parsing: Self.read(folder, "run.json"))
    // 700.00 at 10 %.
    #expect(manifest["total"]?.string == "70.00")
    let read = manifest["data"]?.array?.filter { $0["table"]?.string == "deals" } ?? []
    #expect(read.compactMap { $0["file"]?.string } == ["deals-2026-01.csv", "deals-2026-02.csv"])
    #expect(read.map { $0["rows"] } == [2, 1])
    let lines = try Self.read(folder, "lines.csv")
    #expect(lines.contains("deals-2026-02.csv:2"))
    #expect(lines.contains("deals-2026-01.csv:3"))
    // The same rows in one file pay the same.
    let whole = Self.january + "F-1,2026-02-05,ann,400.00\n"
    let single = try Self.folder("file: deals.csv", ["deals.csv": whole])
    #expect(try Self.run(single).code == 0)
    #expect(try Self.read(single, "statements.csv") == Self.read(folder, "statements.csv"))
  }

  @Test("faults of rows name the file in which the row stands, and a key there twice the other file")
  func faults() throws {
    let second =
      "id,date,owner,amount\nF-1,2026-02-05,ann,oops\nJ-2,2026-02-06,ben,1.00\nF-3,2026-02-07,cat,1.00\n"
    let folder = try Self.folder("file: [a.csv, b.csv]", ["a.csv": Self.january, "b.csv": second])
    let outcome = try Self.run(folder)
    #expect(outcome.code == 1)
    for message in [
      "b.csv:2 (amount): error: `oops` is not a number",
      "b.csv:3 (id): error: key `J-2` stands on line 3 of a.csv too",
      "a.csv:3 (id): error: key `J-2` stands on line 3 of b.csv too", "b.csv:4 (owner): error: `cat`",
    ] {
      #expect(outcome.errors.contains(message), "\(message) in \(outcome.errors)")
    }
    let manifest = try JSONValue(parsing: Self.read(folder, "run.json"))
    let files = manifest["data"]?.array?.filter { $0["table"]?.string == "deals" } ?? []
    #expect(files.map { $0["rejected"] } == [1, 3])
  }

  @Test("a pattern that no file fits, and a file that is named twice, are told")
  func none() throws {
    let pattern = try Self.run(Self.folder("file: deals-*.csv", [:]))
    #expect(pattern.code == 1)
    #expect(
      pattern.errors.contains("plan.yaml:13:11: error: no file fits `deals-*.csv`"), "\(pattern.errors)")
    let twice = try Self.run(Self.folder("file: [a.csv, a.csv]", ["a.csv": Self.january]))
    #expect(twice.errors.contains("`a.csv` is named twice, and would count twice"))
  }

  @Test("a control total that does not agree stops the run, with the difference")
  func control() throws {
    let folder = try Self.folder(
      "file: a.csv\n    control: {rows: 2, sums: {amount: 300.00}}", ["a.csv": Self.january])
    #expect(try Self.run(folder).code == 0)
    let wrong = try Self.folder(
      "file: a.csv\n    control: {rows: 3, sums: {amount: 350.00}}", ["a.csv": Self.january])
    let outcome = try Self.run(wrong)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("`deals` has 2 rows, its control total is 3 [control-total]"))
    #expect(
      outcome.errors.contains(
        "the `amount` of `deals` adds up to 300.00, its control total is 350.00: 50.00 too little"))
    #expect(!FileManager.default.fileExists(atPath: wrong.path + "/out/statements.csv"))
  }
}
