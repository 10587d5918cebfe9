package import Diagnostics
package import Expressions
package import JSONCore
package import PlanCalendar

/// A part of pay: which module computes it, from which credits and measure, by which terms.
package struct Component: Sendable {
  package let name: Named
  package let module: Named
  /// The credit rules on whose lines it pays; none for a component that looks at no lines.
  package let credits: [String]
  package let measure: String?
  /// Only lines for which this holds are paid.
  package let condition: Expression?
  /// Only payees for whom this holds on a line's day, or on a period's last day, are paid.
  package let payees: Expression?
  /// The days on which the component is in force: from the first, to the last included.
  package let from: CalendarDate?
  package let to: CalendarDate?
  /// The module's own terms.
  package let config: JSONValue
  /// Where each part of `config` stands in the plan, by JSON pointer.
  package let configSpans: [String: SourceSpan]
  /// How each number of `config` is written, by JSON pointer.
  package let configForms: [String: NumberForm]

  package init(
    name: Named, module: Named, credits: [String], measure: String?, condition: Expression?,
    payees: Expression?,
    from: CalendarDate?, to: CalendarDate?, config: JSONValue, configSpans: [String: SourceSpan],
    configForms: [String: NumberForm] = [:]
  ) {
    self.name = name
    self.module = module
    self.credits = credits
    self.measure = measure
    self.condition = condition
    self.payees = payees
    self.from = from
    self.to = to
    self.config = config
    self.configSpans = configSpans
    self.configForms = configForms
  }

  /// Where the part of the config that the pointer names stands, or the nearest part around it.
  package func span(of pointer: String) -> SourceSpan {
    var pointer = pointer
    while true {
      if let span = configSpans[pointer] { return span }
      guard let slash = pointer.lastIndex(of: "/") else { return name.span }
      pointer = String(pointer[..<slash])
    }
  }
}
