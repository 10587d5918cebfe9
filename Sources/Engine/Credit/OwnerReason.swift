package import Diagnostics
import Expressions
package import PlanModel
import Tables

/// Why a row is its owner's, where the plan finds owners in more ways than by a column.
package struct OwnerReason: Sendable {
  package let text: String
  package let location: Location?

  /// The way of the rule that decided for a row; nil where the owner stands in a column, or nobody was found.
  package static func of(_ row: Int, _ credit: RowCredit, in data: RunData) -> OwnerReason? {
    guard credit.recipients.contains(where: { $0.condition != nil || $0.way.isMoreThanColumn }),
      let table = data.tables[credit.table], row < table.rowCount
    else { return nil }
    let single = table.row(row)
    for recipient in credit.recipients {
      let way = credit.trying(recipient)
      guard let owners = try? Owners(way, of: single, tables: data.tables, people: data.people),
        owners[0] != Owners.none
      else { continue }
      return reason(recipient, credit, single, owners, data)
    }
    return nil
  }

  private static func reason(
    _ recipient: Recipient, _ credit: RowCredit, _ single: Table, _ owners: Owners, _ data: RunData
  ) -> OwnerReason? {
    let condition = recipient.condition.map { ", since \($0.text)" } ?? ""
    switch recipient.way {
    case .column(let column):
      return OwnerReason(text: "owner by column `\(column)`" + condition, location: nil)
    case .person(let person):
      return OwnerReason(text: "assigned to \(person.text)" + condition, location: .source(person.span))
    case .territory(let territory):
      guard let source = data.tables[territory.table] else { return nil }
      let index = TerritoryIndex(
        territory, source, credited: single, date: credit.date, people: data.people)
      guard let found = index.rows(fitting: 0).first else { return nil }
      return OwnerReason(
        text: "by table `\(territory.table)`" + condition,
        location: .row(file: source.file(of: Int(found)), line: Int(source.lines[Int(found)]), column: nil))
    case .members(let members):
      guard let team = owners.team(owners[0]) else { return nil }
      let part = team.isEqual ? "an equal part of \(team.payees.count)" : "the whole for each"
      let value = single[members.column]?.display(0) ?? ""
      return OwnerReason(text: "\(members.attribute) \(value): \(part)" + condition, location: nil)
    case .nobody: return nil
    }
  }
}

extension Recipient.Way {
  fileprivate var isMoreThanColumn: Bool { if case .column = self { false } else { true } }
}

extension RowCredit {
  /// The same rule with one way alone.
  fileprivate func trying(_ recipient: Recipient) -> RowCredit {
    RowCredit(
      table: table, id: id, date: date, amount: amount, recipients: [recipient], condition: nil, split: nil,
      conversion: nil, rounding: rounding)
  }
}

extension Table {
  /// A table of one row of this one.
  fileprivate func row(_ row: Int) -> Table {
    Table(
      name: name, file: file(of: row), columns: columns.map { $0.gathered([Int32(row)]) },
      lines: LineNumbers([lines[row]]))
  }
}
