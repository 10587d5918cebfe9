package import Diagnostics
package import Money
package import PlanCalendar
package import Tables

/// A sales incentive plan as its author wrote it, typed and checked, without any data.
package struct Plan: Sendable {
  package let name: Named
  /// How what is earned becomes paid; nil where all that is earned is paid.
  package var settle: Settle?
  /// The currency of credits, quotas and pay.
  package let currency: Currency
  package let calendar: PlanCalendar
  package let tables: [TableSource]
  /// The columns that are worked out, in the order in which they use each other.
  package let computed: [ComputedColumn]
  package let people: People
  /// Who is in the plan, and when; nil for everybody, always.
  package let assignment: Assignment?
  package let credits: [CreditRule]
  package let measures: [Measure]
  package let components: [Component]
  package let outputs: Outputs
  package let teams: Teams

  package init(
    name: Named, currency: Currency, calendar: PlanCalendar, tables: [TableSource],
    computed: [ComputedColumn] = [], people: People, assignment: Assignment? = nil, credits: [CreditRule],
    measures: [Measure],
    components: [Component], outputs: Outputs, teams: Teams = Teams()
  ) {
    self.teams = teams
    self.name = name
    self.currency = currency
    self.calendar = calendar
    self.tables = tables
    self.computed = computed
    self.people = people
    self.assignment = assignment
    self.credits = credits
    self.measures = measures
    self.components = components
    self.outputs = outputs
  }

  /// A table's columns, those that are worked out too.
  package func schema(of table: String) -> TableSchema? {
    tables.first { $0.schema.name == table }?.schema
      .adding(computed.filter { $0.table == table }.map(\.column))
  }

  /// The tables with columns that are worked out, each behind those that it looks things up in.
  package var computedTables: [String] {
    var order: [String] = []
    func add(_ table: String) {
      if order.contains(table) { return }
      let columns = computed.filter { $0.table == table }
      // INVARIANT: no table looks things up in itself by way of others, which the reading of a plan sees to.
      for other in columns.compactMap(\.otherTable) { add(other) }
      if !columns.isEmpty { order.append(table) }
    }
    for table in Set(computed.map(\.table)).sorted() { add(table) }
    return order
  }

  /// The tables of which rows for people who are not in the plan are passed over.
  package var tablesOfOthers: [String] { tables.filter(\.ignoresOtherPeople).map(\.schema.name) }

  /// Whether each period lies in one fiscal year.
  package var hasYears: Bool { calendar.period(cutBy: .year) == nil }

  /// Whether rows of the table for people who are not in the plan are passed over without a warning.
  package func ignoresOtherPeople(of table: String) -> Bool {
    tables.first { $0.schema.name == table }?.ignoresOtherPeople ?? false
  }
}

extension [CreditRule] {
  /// The rule over rows that the lines of a credit rule come from, through any number of roll-ups of credit.
  package func rowCredit(of rule: String) -> RowCredit? {
    var rule = rule
    for _ in 0...count {
      guard let found = first(where: { $0.name.text == rule }) else { return nil }
      switch found.source {
      case .rows(let credit): return credit
      case .rollUp(let rollUp):
        guard case .credits(let origin) = rollUp.origin else { return nil }
        rule = origin
      }
    }
    return nil
  }
}

/// A word of the plan and where it stands.
package struct Named: Sendable {
  package let text: String
  package let span: SourceSpan

  package init(_ text: String, _ span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

extension Named: Equatable {
  /// Whether the texts are the same, wherever they stand.
  package static func == (left: Named, right: Named) -> Bool { left.text == right.text }
}
