import Diagnostics
import JSONCore
import JSONRPC
import Money
import Tables

/// Rows of a table that stand in a request, as the CSV text that the tables' reader takes.
///
/// `{"rows": [{"id": "D-1", "amount": "12.50"}]}` or `{"columns": {"id": ["D-1"], "amount": ["12.50"]}}`. Cells are
/// strings, numbers or booleans as the plan's own names and types want them, null for an empty one; days are
/// YYYY-MM-DD, and a percentage is 7.5 or "7.5%".
struct GivenRows {
  let csv: String
  let count: Int

  init(_ value: JSONValue, _ schema: TableSchema) throws(RPCError) {
    let names = schema.columns.map(\.name)
    let object = value.object
    for key in object?.keys ?? [] where key != "rows" && key != "columns" {
      throw Self.fault(schema, "has no member `\(key)`: there are `rows` and `columns`")
    }
    var rows: [[JSONValue]]
    if let given = object?["rows"]?.array, object?.count == 1 {
      rows = []
      for item in given {
        guard let row = item.object else { throw Self.fault(schema, "must hold rows that are objects") }
        try Self.check(row.keys, names, schema)
        rows.append(names.map { row[$0] ?? .null })
      }
    } else if let columns = object?["columns"]?.object, object?.count == 1 {
      try Self.check(columns.keys, names, schema)
      let lengths = Set(columns.members.map { $0.value.array?.count ?? -1 })
      let length = lengths.first ?? 0
      guard lengths.count <= 1, length >= 0 else {
        throw Self.fault(schema, "must hold columns that are arrays of one length")
      }
      let cells = names.map { columns[$0]?.array }
      rows = (0..<length).map { row in cells.map { $0?[row] ?? .null } }
    } else {
      throw Self.fault(schema, "must be {\"rows\": [{…}]} or {\"columns\": {…}}")
    }
    var lines = [names.map(Self.quoted).joined(separator: ",")]
    for row in rows {
      var cells: [String] = []
      for (cell, name) in zip(row, names) { cells.append(try Self.text(cell, name, schema)) }
      lines.append(cells.joined(separator: ","))
    }
    csv = lines.joined(separator: "\n") + "\n"
    count = rows.count
  }

  private static func check(_ keys: [String], _ names: [String], _ schema: TableSchema) throws(RPCError) {
    for key in keys where !names.contains(key) {
      let near = Suggestion.help(for: key, in: names).map { "; " + $0 } ?? ""
      throw fault(schema, "has no column `\(key)`\(near)")
    }
  }

  private static func text(_ cell: JSONValue, _ name: String, _ schema: TableSchema) throws(RPCError)
    -> String
  {
    switch cell {
    case .null: return ""
    case .string(let text): return quoted(text)
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let number): return number.decimal?.description ?? number.text
    case .array, .object: throw fault(schema, "holds a cell of `\(name)` that is no single value")
    }
  }

  private static func quoted(_ text: String) -> String {
    let special = text.utf8.contains { [0x2C, 0x22, 0x0A, 0x0D, 0x20].contains($0) }
    return special ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  private static func fault(_ schema: TableSchema, _ words: String) -> RPCError {
    RPCError(.invalidParams, "the table `\(schema.name)` \(words)")
  }
}
