import Diagnostics
import Parallelism
import PlanCalendar
package import PlanModel
package import Tables

/// The people of a plan, numbered in the order of their ids, and their attributes on any day.
package struct Payees: Sendable {
  /// Finds the number of a payee by the cells of a column.
  package struct Finder: Sendable {
    private let pool: TextPool
    private let indexOfCode: [Int32]
    private let byText: [String: Int32]
    package let count: Int

    fileprivate init(ids: [String]) {
      var pool = TextPool()
      var indexOfCode: [Int32] = []
      var byText: [String: Int32] = [:]
      for (index, id) in ids.enumerated() {
        _ = pool.code(id)
        indexOfCode.append(Int32(index))
        byText[id] = Int32(index)
      }
      self.pool = pool
      self.indexOfCode = indexOfCode
      self.byText = byText
      count = ids.count
    }

    /// The payee's number, or nil for a stranger.
    package func index(of id: String) -> Int? { byText[id].map(Int.init) }

    /// For each row of the column, the payee's number: -1 for an empty cell, -2 for a stranger.
    package func indices(of column: Column?) -> [Int32] {
      guard let column else { return [] }
      if case .text(let codes, let texts) = column.values {
        let known = texts.codes(in: pool).map { $0 < 0 ? -2 : indexOfCode[Int($0)] }
        let missing = column.missing
        return [Int32](count: codes.count) { cells, first in
          for place in cells.indices {
            let row = first + place
            cells[place] = missing?[row] ?? false ? -1 : known[Int(codes[row])]
          }
        }
      }
      return (0..<column.count).map { row in
        column.isMissing(row) ? -1 : byText[column.display(row)] ?? -2
      }
    }
  }

  /// The ids, ascending by their bytes.
  package let ids: [String]
  package let names: [String]
  package let finder: Finder
  private let table: Table
  private let rowOfPayee: [Int32]
  private let columns: [String: String]
  private let dated: [String: DatedValues]
  private let pay: PayMix?
  /// For each dated attribute that names other payees (`manager`), the payee number of each of its rows.
  private let managerRows: [Int32]
  private let datedManagers: DatedValues?

  /// Warnings of dated rows that hold for nobody.
  let notices: [Diagnostic]
  /// A warning of managers who are not among the people.
  let unknownManagers: Diagnostic?

  package init(_ plan: Plan, tables: [String: Table], rejected: inout [RejectedRow]) {
    let people = plan.people
    let table = tables[people.table] ?? Table(name: people.table, file: people.table, columns: [], lines: [])
    let idColumn = table[people.id]
    let order = (0..<table.rowCount).map { (idColumn?.display($0) ?? "", Int32($0)) }
      .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    let finder = Finder(ids: order.map(\.0))
    var columns: [String: String] = [:]
    var dated: [String: DatedValues] = [:]
    for column in table.columns { columns[column.name] = column.name }
    let name = people.name.map { [(name: Self.nameKey, attribute: $0)] } ?? []
    var notices: [Diagnostic] = []
    for (name, attribute) in people.attributes + name {
      switch attribute {
      case .column(let column): columns[name] = column
      case .dated(let source):
        guard let rows = tables[source.table] else { continue }
        dated[name] = DatedValues(source, table: rows, people: finder, rejected: &rejected)
        if plan.ignoresOtherPeople(of: source.table) { continue }
        let notice = RowNotice.strangers(
          rows[source.person], of: rows, people: finder, so: "the row holds for nobody")
        if let notice { notices.append(notice) }
      }
    }
    self.notices = notices
    ids = order.map(\.0)
    names = Self.names(
      ids, rows: order.map(\.1), columns[Self.nameKey].flatMap { table[$0] }, dated[Self.nameKey])
    rowOfPayee = order.map(\.1)
    datedManagers = dated["manager"]
    managerRows = finder.indices(of: dated["manager"]?.values ?? columns["manager"].flatMap { table[$0] })
    var source: (table: Table?, column: String?) = (table, columns["manager"])
    if case .dated(let attribute)? = people.attribute("manager") {
      source = (tables[attribute.table], attribute.value)
    }
    unknownManagers = RowNotice.strangers(
      source.column.flatMap { source.table?[$0] }, of: source.table, people: finder,
      so: "nothing is passed on to this manager")
    self.finder = finder
    self.table = table
    self.columns = columns
    self.dated = dated
    pay = people.pay
  }

  /// Whether the attribute may change from one day to the next.
  func changes(_ name: String) -> Bool {
    dated[name] != nil || (pay?.derived.contains { $0.rawValue == name } ?? false)
  }

  package var count: Int { ids.count }

  // A name that no attribute of a plan can have.
  private static let nameKey = " name"

  /// The names, the latest where they change; the id where there is none.
  private static func names(_ ids: [String], rows: [Int32], _ column: Column?, _ dated: DatedValues?)
    -> [String]
  {
    ids.indices.map { payee in
      let name =
        if let dated {
          dated.values.gathered([dated.row(payee: payee, day: Int32.max - 1)]).display(0)
        } else {
          column?.display(Int(rows[payee])) ?? ""
        }
      return name.isEmpty ? ids[payee] : name
    }
  }

  /// The number of the payee's manager on the day, or nil.
  package func manager(of payee: Int, day: Int32) -> Int? {
    guard !managerRows.isEmpty else { return nil }
    let row = datedManagers.map { $0.row(payee: payee, day: day) } ?? rowOfPayee[payee]
    guard row >= 0, managerRows[Int(row)] >= 0 else { return nil }
    return Int(managerRows[Int(row)])
  }

  /// How many managers lie between a payee and one of the managers above; nil when they are none of them.
  package func level(of manager: Int, above payee: Int, day: Int32) -> Int? {
    var next = self.manager(of: payee, day: day)
    for level in 0..<64 {
      guard let current = next else { return nil }
      if current == manager { return level }
      next = self.manager(of: current, day: day)
    }
    return nil
  }

  /// All values that an attribute ever has.
  package func values(of name: String) -> Set<String> {
    guard let column = dated[name]?.values ?? columns[name].flatMap({ table[$0] }) else { return [] }
    if case .text(_, let pool) = column.values { return Set((0..<Int32(pool.count)).map { pool[$0] }) }
    return Set((0..<column.count).map { column.display($0) })
  }

  /// The attribute of each of these payees on each of these days, or nil when there is no such attribute.
  package func attribute(_ name: String, payees: [Int32], days: [Int32]) -> Column? {
    if let values = dated[name] {
      return values.values.gathered(payees.indices.map { values.row(payee: Int(payees[$0]), day: days[$0]) })
    }
    if let pay, let wanted = pay.derived.first(where: { $0.rawValue == name }) {
      return pay.worked(wanted) { attribute($0.rawValue, payees: payees, days: days) }
    }
    guard let column = columns[name].flatMap({ table[$0] }) else { return nil }
    return column.gathered(payees.map { rowOfPayee[Int($0)] })
  }

  /// The file and line of the payee's row.
  package func place(_ payee: Int) -> (file: String, line: Int) {
    (
      table.file(of: Int(rowOfPayee[payee])), Int(table.lines[Int(rowOfPayee[payee])])
    )
  }
}
