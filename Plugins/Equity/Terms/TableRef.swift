import JSONCore
import ModuleKit
import ModuleProtocol

/// A table of the plan, and which of its columns plays which part.
struct TableRef {
  let name: String
  /// The column with the payee's id; nil where the rows are everyone's.
  let person: String?
  /// The columns by the part that they play: `units: quantity`.
  let columns: [String: String]
  let pointer: String

  /// What the cells of a part must be.
  static let kinds: [String: ColumnNeeds.Need.Kind] = [
    "id": .key, "grant": .key, "terms": .key, "event": .key, "reason": .key, "result": .key, "date": .date,
    "start": .date, "expires": .date, "from": .date, "to": .date, "paid": .date, "accepted": .date,
    "announced": .date, "kind": .key,
  ]

  /// Whether a part is played by a column.
  func has(_ part: String) -> Bool { columns[part] != nil }

  /// The place of a row, and of the column that plays a part.
  func place(_ row: Int, _ part: String? = nil) -> BatchPlace {
    BatchPlace(table: name, row: row, column: part.flatMap { columns[$0] })
  }

  /// Reads `{table, person, PART: COLUMN, …}`.
  static func read(
    _ reader: ConfigReader, person: Bool? = nil, _ required: [String], optional: [String] = [],
    _ faults: inout [ConfigFault]
  ) -> TableRef? {
    let before = faults.count
    let name = reader["table"].text(&faults)
    var owner: String?
    if person == true || (person == nil && reader["person"].exists) {
      owner = reader["person"].text(&faults)
    }
    var columns: [String: String] = [:]
    for part in required + optional where required.contains(part) || reader[part].exists {
      columns[part] = reader[part].text(&faults)
    }
    guard let name, faults.count == before else { return nil }
    return TableRef(name: name, person: owner, columns: columns, pointer: reader.pointer.description)
  }

  /// The needs of several references, each table once.
  static func needs(_ tables: [TableRef], _ faults: inout [ConfigFault]) -> [ColumnNeeds.TableNeed] {
    var needs: [ColumnNeeds.TableNeed] = []
    for table in tables {
      let own = table.columns.sorted { $0.key < $1.key }.map { part, column in
        ColumnNeeds.Need(column, kinds[part] ?? .number, at: table.pointer + "/" + part)
      }
      guard let place = needs.firstIndex(where: { $0.name == table.name }) else {
        needs.append(
          ColumnNeeds.TableNeed(table.name, person: table.person, columns: unique(own), at: table.pointer))
        continue
      }
      let other = needs[place]
      if other.person != table.person {
        faults.append(
          ConfigFault(
            table.pointer, "table `\(table.name)` is read by person here, and otherwise elsewhere",
            help: "state the same `person` wherever the table is named"))
      }
      needs[place] = ColumnNeeds.TableNeed(
        other.name, person: other.person, columns: unique(other.columns + own), at: other.pointer)
    }
    return needs
  }

  private static func unique(_ columns: [ColumnNeeds.Need]) -> [ColumnNeeds.Need] {
    var seen: Set<String> = []
    return columns.filter { seen.insert($0.name).inserted }
  }
}
