import ModuleKit
import ModuleProtocol
import Money

/// Where the catalogue stands: a table of the plan, and which columns say what.
struct CatalogueTerms {
  let table: String
  let item: String
  let kind: String
  let points: String?
  let value: String?
  let stock: String?
  let role: String?
  let level: String?
  let pointer: String

  var need: ColumnNeeds.TableNeed {
    func column(_ name: String?, _ kind: ColumnNeeds.Need.Kind, _ key: String) -> [ColumnNeeds.Need] {
      name.map { [ColumnNeeds.Need($0, kind, at: "\(pointer)/\(key)")] } ?? []
    }
    return ColumnNeeds.TableNeed(
      table,
      columns: column(item, .key, "item") + column(kind, .key, "kind") + column(points, .number, "points")
        + column(value, .number, "value") + column(stock, .number, "stock") + column(role, .key, "role")
        + column(level, .key, "level"), at: pointer + "/table")
  }
}

/// What can be had.
struct Catalogue {
  /// What an item is.
  enum Kind: String, CaseIterable {
    case physical, voucher, trip
    case teamBuilding = "team-building"
    case leave, training, badge
    case careerStep = "career-step"
  }

  struct Item {
    let name: String
    let kind: Kind
    /// What it costs; nil where it cannot be had for points.
    let points: Int64?
    /// Its fair market value.
    let value: ExactDecimal
    /// How many there are; nil for any number.
    let stock: Int64?
    /// The role that may have it; nil for every role.
    let role: String?
    /// The level that is needed; nil for none.
    let level: String?
  }

  private(set) var items: [Item] = []

  init(_ terms: CatalogueTerms, _ batch: Batch) throws(CalculationFault) {
    guard let table = batch.tables[terms.table] else {
      throw CalculationFault("table `\(terms.table)` is missing")
    }
    let (names, kinds) = (try table.keys(terms.item), try table.keys(terms.kind))
    func numbers(_ name: String?) throws(CalculationFault) -> NumberColumn? {
      try name.map { name throws(CalculationFault) in try table.numbers(name) }
    }
    func keys(_ name: String?) throws(CalculationFault) -> KeyColumn? {
      try name.map { name throws(CalculationFault) in try table.keys(name) }
    }
    let (points, values, stock) = (
      try numbers(terms.points), try numbers(terms.value), try numbers(terms.stock)
    )
    let (roles, levels) = (try keys(terms.role), try keys(terms.level))
    for row in 0..<table.count {
      guard let name = names.name(row) else {
        throw CalculationFault("an item of `\(terms.table)` has no name")
      }
      if self[name] != nil { throw CalculationFault("`\(name)` stands twice in `\(terms.table)`") }
      guard let kind = kinds.name(row).flatMap({ Kind(rawValue: $0) }) else {
        throw CalculationFault(
          "item `\(name)` is of kind `\(kinds.name(row) ?? "")`, and must be one of "
            + Kind.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))
      }
      let value = values.flatMap { $0.isMissing(row) ? nil : $0.decimal(row) } ?? .zero
      if value < .zero { throw CalculationFault("item `\(name)` is worth less than nothing") }
      items.append(
        Item(
          name: name, kind: kind, points: try Self.whole(points, row, "points", name), value: value,
          stock: try Self.whole(stock, row, "stock", name), role: roles?.name(row), level: levels?.name(row)))
    }
  }

  /// The item with this name.
  subscript(name: String) -> Item? { items.first { $0.name == name } }

  private static func whole(
    _ column: NumberColumn?, _ row: Int, _ what: String, _ item: String
  ) throws(CalculationFault) -> Int64? {
    guard let column, !column.isMissing(row) else { return nil }
    let number = column.decimal(row).normalized
    guard number.scale == 0, number.coefficient >= 0, number.coefficient <= 1_000_000_000_000 else {
      throw CalculationFault("the \(what) of item `\(item)` must be a whole number, not \(number)")
    }
    return Int64(number.coefficient)
  }
}
