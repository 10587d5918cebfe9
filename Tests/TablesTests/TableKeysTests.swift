import Diagnostics
import Tables
import Testing

@Suite struct TableKeysTests {
  private func table(_ name: String, _ types: [(String, ColumnType)], _ rows: [String]) -> Table {
    let schema = TableSchema(
      name: name, columns: types.map { ColumnSchema(name: $0, type: $1, isOptional: true) })
    let text = ([types.map(\.0).joined(separator: ",")] + rows).joined(separator: "\n")
    return CSVTableReader(schema, file: name).read(Array(text.utf8)).table
  }

  private func schema(
    _ name: String, _ types: [(String, ColumnType)], key: [String] = [], to target: String? = nil
  ) -> TableSchema {
    TableSchema(
      name: name, columns: types.map { ColumnSchema(name: $0, type: $1, isOptional: true) }, key: key,
      references: target.map { [.init(column: types[0].0, table: $0)] } ?? [])
  }

  @Test(
    "a doubled key is found in every type, whether the keys ascend or not",
    arguments: [
      (ColumnType.text, ["a", "b", "c", "d"]), (.integer, ["-7", "0", "5", "900000000000000000"]),
      (.decimal(places: 2), ["-1.5", "0", "0.01", "3"]),
      (.date, ["2025-12-31", "2026-01-01", "2026-02-01", "2027-01-01"]),
    ])
  func doubled(type: ColumnType, ascending: [String]) {
    let types = [("k", type)]
    let keys = TableKeys([schema("t", types, key: ["k"])])
    for order in [ascending, Array(ascending.reversed())] {
      var tables = ["t": table("t", types, order)]
      #expect(keys.enforce(&tables).isEmpty && tables["t"]?.rowCount == 4)
      // The second key again at the end: lines 3 and 6.
      tables = ["t": table("t", types, order + [order[1]])]
      #expect(keys.enforce(&tables).map(\.line) == [3, 6])
      #expect(tables["t"]?.lines.map { Int($0) } == [2, 4, 5])
    }
  }

  @Test("empty cells of a key are equal to each other and, as texts, to the empty text")
  func empty() {
    for (type, cells) in [(ColumnType.text, ["x,a", ",b", "\"\",c"]), (.integer, ["1,a", ",b", ",c"])] {
      let types = [("k", type), ("other", .text)]
      var tables = ["t": table("t", types, cells)]
      #expect(TableKeys([schema("t", types, key: ["k"])]).enforce(&tables).map(\.line) == [3, 4])
    }
  }

  @Test("a key of several columns is doubled only when all of them are")
  func composite() {
    let types = [("currency", ColumnType.text), ("date", .date), ("n", .integer)]
    // Every pair of three currencies and fifty days once, with n the same for all, in an order that mixes them.
    let rows = (0..<150).map { number in
      let mixed = number * 7 % 150
      let (month, day) = (mixed / 3 / 25 + 1, mixed / 3 % 25 + 1)
      return "C\(mixed % 3),2026-0\(month)-\(day < 10 ? "0" : "")\(day),1"
    }
    let keys = TableKeys([schema("t", types, key: ["currency", "n", "date"])])
    var tables = ["t": table("t", types, rows)]
    #expect(keys.enforce(&tables).isEmpty)
    tables = ["t": table("t", types, rows + [rows[149], rows[10], rows[10]])]
    let rejected = keys.enforce(&tables)
    #expect(rejected.map(\.line) == [12, 153, 154, 151, 152])
    #expect(rejected[0].message.hasSuffix("stands on line 153, 154 too"))
  }

  @Test(
    "a row that points at no row is rejected, whatever the type",
    arguments: [
      (ColumnType.text, ["a", "b", "c", "zz"]), (.integer, ["1", "2", "3", "0"]),
      (.date, ["2026-01-01", "2026-01-02", "2026-01-03", "1970-01-01"]),
      (.decimal(places: 2), ["1", "2.50", "3", "0"]),
    ])
  func dangling(type: ColumnType, cells: [String]) {
    let types = [("k", type), ("x", ColumnType.text)]
    let keys = TableKeys([schema("t", types, key: ["k"]), schema("u", types, to: "t")])
    let points = [cells[2], cells[0], "", cells[3], cells[1], cells[0], cells[3]].map { "\($0),x" }
    for order in [[0, 1, 2], [2, 0, 1]] {
      // A row without a key stands among the keys: nothing points at it.
      var tables = [
        "t": table("t", types, order.map { "\(cells[$0]),x" } + [",x"]), "u": table("u", types, points),
      ]
      #expect(keys.enforce(&tables).map(\.line) == [5, 8])
      #expect(tables["u"]?.rowCount == 5)
    }
  }
}
