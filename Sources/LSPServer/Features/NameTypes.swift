import Expressions
import PlanModel
import Tables

/// The kinds of values behind the names of a plan, as far as it could be read.
struct NameTypes {
  private let schemas: [TableSchema]
  private let plan: Plan?

  /// The kinds in a plan; where it has faults, its terms know the tables that have none.
  init(_ plan: Plan?, _ terms: PlanTerms?) {
    self.plan = plan
    schemas = (plan?.tables ?? terms?.tables ?? []).map(\.schema)
  }

  /// The kind of a column, or of what is worked out as one.
  func column(_ name: String, of table: String?) -> Expression.ValueType? {
    if let worked = plan?.computed.first(where: { $0.table == table && $0.column.name == name }) {
      return worked.column.type.valueType
    }
    return schemas.first { $0.name == table }?.columns.first { $0.name == name }?.type.valueType
  }

  /// The kind of an attribute of payees.
  func attribute(_ name: String) -> Expression.ValueType? {
    guard let people = plan?.people else { return nil }
    switch people.attribute(name) {
    case .column(let column)?: return self.column(column, of: people.table)
    case .dated(let dated)?: return column(dated.value, of: dated.table)
    case nil: return column(name, of: people.table)
    }
  }

  /// The kind of a name in a condition over lines of a table: `amount`, `payee.role`, a column.
  func name(_ name: String, of table: String?) -> Expression.ValueType? {
    if name.hasPrefix("payee.") { return attribute(String(name.dropFirst("payee.".count))) }
    return column(name, of: table) ?? (name == "amount" ? .number : name == "date" ? .date : nil)
  }
}
