import Foundation
import JSONCore
import TestSupport
import Testing

/// The same rows as CSV, as JSON Lines and in a database pay the same, however they are cut, ordered and named.
@Suite struct DataSourceTests {
  private struct Deal {
    var id: String
    var day: String
    var owner: String
    var amount: String

    var csv: String { "\(id),\(day),\(owner),\(amount)\n" }
    var json: String {
      #"{"amount": \#(amount), "id": "\#(id)", "owner": {"id": "\#(owner)"}, "date": "\#(day)"}"# + "\n"
    }
    var sql: String { "INSERT INTO deals VALUES ('\(id)', '\(day)', '\(owner)', '\(amount)');\n" }
  }

  private static let deals = (0..<60).map { number in
    Deal(
      id: "D-\(100 + number * 37 % 60)", day: "2026-0\(1 + number % 2)-\(10 + number % 18)",
      owner: ["ann", "ben", "kim"][number % 3], amount: "\(number * 7919 % 5000).\(10 + number)")
  }

  private static func plan(_ rows: String, owner: String = "text") -> String {
    """
    plan: Sources
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-02-28}
    data:
      people:
        csv: |
          id
          ann
          ben
          kim
        key: id
        columns: {id: text}
      deals:
        \(rows)
        key: id
        columns: {id: text, date: date, owner: \(owner), amount: money}
    people: {table: people}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    components:
      pay:
        module: commission
        credits: own
        config: {tiers: {by: amount, method: marginal, over: period, bands: [{to: 900, rate: 5%}, {rate: 8%}]}, round: {at: line}}
    """
  }

  private static let nested = "{type: text, header: owner.id}"

  /// The statements of a plan over these files, and where its lines come from.
  private static func run(
    _ plan: String, _ files: [String: String] = [:], sql: String? = nil
  ) throws -> (statements: String, lines: String, code: Int32, errors: String) {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan, "plan.yaml")
    for (name, text) in files { _ = try folder.write(text, name) }
    if let sql { try Database.write(sql, folder.path + "/crm.db") }
    let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
    func read(_ name: String) -> String {
      (try? String(contentsOfFile: folder.path + "/out/" + name, encoding: .utf8)) ?? ""
    }
    return (read("statements.csv"), read("lines.csv"), outcome.code, outcome.errors)
  }

  private static let header = "id,date,owner,amount\n"
  private static let schema = "CREATE TABLE deals (id TEXT, date TEXT, owner TEXT, amount TEXT);\n"

  @Test("CSV, JSON Lines and a database with the same rows pay the same")
  func same() throws {
    let csv = try Self.run(
      Self.plan("file: deals.csv"), ["deals.csv": Self.header + Self.deals.map(\.csv).joined()])
    #expect(csv.code == 0 && csv.statements.contains("2026-02"), "\(csv.errors)")
    let lines = try Self.run(
      Self.plan("file: deals.jsonl", owner: Self.nested), ["deals.jsonl": Self.deals.map(\.json).joined()])
    #expect(lines.code == 0 && lines.statements == csv.statements, "\(lines.errors)")
    let table = try Self.run(
      Self.plan("sqlite: {file: crm.db, table: deals}"), sql: Self.schema + Self.deals.map(\.sql).joined())
    #expect(table.code == 0 && table.statements == csv.statements, "\(table.errors)")
    #expect(table.lines.contains("crm.db:60") && !table.lines.contains("crm.db:61"))
  }

  @Test("the order of rows, and how they are cut into files of either format, change nothing")
  func order() throws {
    let whole = try Self.run(
      Self.plan("file: deals.jsonl", owner: Self.nested), ["deals.jsonl": Self.deals.map(\.json).joined()])
    let shuffled = Self.deals.sorted { $0.amount < $1.amount }
    let turned = try Self.run(
      Self.plan("file: deals.jsonl", owner: Self.nested), ["deals.jsonl": shuffled.map(\.json).joined()])
    #expect(turned.code == 0 && turned.statements == whole.statements)
    for cut in [0, 1, 17, 60] {
      let files = [
        "a.jsonl": shuffled.prefix(cut).map(\.json).joined(),
        "b.csv": "id,date,owner.id,amount\n" + shuffled.dropFirst(cut).map(\.csv).joined(),
      ]
      let split = try Self.run(Self.plan("file: [b.csv, a.jsonl]", owner: Self.nested), files)
      #expect(split.code == 0 && split.statements == whole.statements, "\(cut): \(split.errors)")
    }
    let table = try Self.run(
      Self.plan("sqlite: {file: crm.db, query: 'SELECT * FROM deals ORDER BY amount DESC'}"),
      sql: Self.schema + shuffled.map(\.sql).joined())
    #expect(table.code == 0 && table.statements == whole.statements, "\(table.errors)")
  }

  @Test("other ids, in the same order, change nothing but the ids")
  func renamed() throws {
    let whole = try Self.run(
      Self.plan("file: deals.jsonl", owner: Self.nested), ["deals.jsonl": Self.deals.map(\.json).joined()])
    let others = Self.deals.map { deal in
      var other = deal
      other.id = "Überweisung \\\"\(deal.id)\\\""
      return other
    }
    let renamed = try Self.run(
      Self.plan("file: deals.jsonl", owner: Self.nested), ["deals.jsonl": others.map(\.json).joined()])
    #expect(renamed.code == 0 && renamed.statements == whole.statements, "\(renamed.errors)")
    #expect(renamed.lines != whole.lines)
  }

  @Test("a database that is written to between two runs is read anew, also while its writer waits")
  func written() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan("sqlite: {file: crm.db, table: deals}"), "plan.yaml")
    try Database.write(
      "PRAGMA journal_mode = WAL;" + Self.schema + Self.deals[0].sql, folder.path + "/crm.db")
    func fingerprint() throws -> String? {
      let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let manifest = try JSONValue(
        parsing: String(contentsOfFile: folder.path + "/out/run.json", encoding: .utf8))
      let data = manifest["data"]?.array?.first { $0["table"]?.string == "deals" }
      #expect(data?["rows"] != nil)
      return data?["sha256"]?.string
    }
    let first = try fingerprint()
    #expect(try fingerprint() == first)
    try Database.write(Self.deals[1].sql, folder.path + "/crm.db")
    #expect(try fingerprint() != first)
  }
}
