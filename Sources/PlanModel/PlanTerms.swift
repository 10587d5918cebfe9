package import Money

/// The components of a plan, and what their modules must know to check their terms.
///
/// It is there even when other parts of the plan are at fault, so that everything wrong is told at once.
package struct PlanTerms: Sendable {
  package let currency: Currency
  package let components: [Component]
  /// The measures that the plan names, and whether each states a quota.
  package let statesQuota: [String: Bool]
  /// The tables whose columns are all described well.
  package let tables: [TableSource]
  /// The columns that the plan wants of lines.
  package let lines: [Outputs.Column]

  package init(
    currency: Currency, components: [Component], statesQuota: [String: Bool], tables: [TableSource],
    lines: [Outputs.Column]
  ) {
    self.currency = currency
    self.components = components
    self.statesQuota = statesQuota
    self.tables = tables
    self.lines = lines
  }
}
