import Expressions
package import Money

/// The components of a plan, and what their modules must know to check their terms.
///
/// It is there even when other parts of the plan are at fault, so that everything wrong is told at once.
package struct PlanTerms: Sendable {
  /// What a module must know of a measure before it has any figures.
  package struct MeasureTerms: Sendable {
    /// Whether it states a quota.
    package let hasQuota: Bool
    /// Whether it sums credited amounts, rather than another column or the number of lines.
    package let sumsAmounts: Bool
    /// The credit rules whose lines it measures; nil where the plan is at fault and does not tell.
    package let credits: [String]?
    /// The text of its condition.
    package let condition: String?

    package init(hasQuota: Bool, sumsAmounts: Bool, credits: [String]?, condition: String?) {
      self.hasQuota = hasQuota
      self.sumsAmounts = sumsAmounts
      self.credits = credits
      self.condition = condition
    }

    /// Whether the figure is a sum of amounts that holds all those that the component pays on.
    package func sumsLines(of component: Component) -> Bool {
      guard sumsAmounts, let credits else { return sumsAmounts }
      return Set(credits).isSuperset(of: component.credits)
        && (condition == nil || condition == component.condition?.text)
    }

    /// Whether the figure may hold more than the component pays on: other credits, lines that its `where` leaves out,
    /// payees and days that it does not pay.
    package func holdsMore(than component: Component) -> Bool {
      component.from != nil || component.to != nil || component.payees != nil
        || credits.map { Set($0) != Set(component.credits) } ?? false
        || condition != component.condition?.text
    }
  }

  package let currency: Currency
  package let components: [Component]
  /// The measures that the plan names.
  package let measures: [String: MeasureTerms]
  /// The tables whose columns are all described well.
  package let tables: [TableSource]
  /// The columns that the plan wants of statements, and of lines.
  package let statements: [Outputs.Column]
  package let lines: [Outputs.Column]

  package init(
    currency: Currency, components: [Component], measures: [String: MeasureTerms], tables: [TableSource],
    statements: [Outputs.Column], lines: [Outputs.Column]
  ) {
    self.currency = currency
    self.components = components
    self.measures = measures
    self.tables = tables
    self.statements = statements
    self.lines = lines
  }
}
