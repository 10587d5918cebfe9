/// Where payees come from, and their attributes, dated where they change.
package struct People: Sendable {
  /// Where an attribute of a payee is read.
  package enum Attribute: Sendable, Equatable {
    /// A column of the table of people, the same at all times.
    case column(String)
    /// Rows of a table that hold from a day to a day.
    case dated(DatedAttribute)
  }

  package let table: String
  package let id: String
  /// Where the payee's name is read; nil to show the id.
  package let name: Attribute?
  /// By name, in the order of the plan: `team`, `role`, `manager` and the plan's own.
  package let attributes: [(name: String, attribute: Attribute)]
  /// What they are paid at target, if the plan says so.
  package let pay: PayMix?

  package init(
    table: String, id: String, name: Attribute?, attributes: [(name: String, attribute: Attribute)],
    pay: PayMix? = nil
  ) {
    self.pay = pay
    self.table = table
    self.id = id
    self.name = name
    self.attributes = attributes
  }

  /// The tables that they are read from.
  package var tables: [String] {
    [table]
      + (attributes.map(\.attribute) + (name.map { [$0] } ?? [])).compactMap { attribute in
        if case .dated(let dated) = attribute { dated.table } else { nil }
      }
  }

  /// The attribute with this name.
  package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name }?.attribute }
}

extension People: Equatable {
  /// Whether both read the same people and attributes from the same tables.
  package static func == (left: People, right: People) -> Bool {
    left.table == right.table && left.id == right.id && left.name == right.name && left.pay == right.pay
      && left.attributes.elementsEqual(right.attributes) {
        $0.name == $1.name && $0.attribute == $1.attribute
      }
  }
}

/// An attribute whose value holds from a day to a day, as rows of a table say.
package struct DatedAttribute: Sendable, Equatable {
  /// What a row must say for an attribute that is true while one holds.
  package struct Fact: Sendable, Equatable {
    package let column: String
    package let text: String

    package init(column: String, text: String) { (self.column, self.text) = (column, text) }
  }

  package let table: String
  package let person: String
  /// The column with the value; of a fact, that which it looks at.
  package let value: String
  /// True while a row says this, false otherwise, and rows may overlap: one of several roles at once.
  package let fact: Fact?
  /// The column with the first day; an empty cell, or no column, means always before.
  package let from: String?
  /// The column with the end, an empty cell for no end; nil when a row holds until the person's next one.
  package let to: String?
  /// Whether the day in `to` is still included.
  package let includesLastDay: Bool

  package init(
    table: String, person: String, value: String, fact: Fact? = nil, from: String?, to: String?,
    includesLastDay: Bool
  ) {
    self.fact = fact
    self.table = table
    self.person = person
    self.value = value
    self.from = from
    self.to = to
    self.includesLastDay = includesLastDay
  }
}
