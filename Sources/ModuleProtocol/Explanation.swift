public import Money

/// One addend of a figure: the arithmetic in words, what it comes to, and the term of the config that says so.
public struct Step: Sendable, Hashable {
  /// The arithmetic: `30,000.00 × 15%`.
  public let text: String
  /// What it adds to the figure, exactly.
  public let amount: ExactDecimal
  /// The place in the component's config, as a JSON pointer; nil for none.
  public let pointer: String?

  /// A step.
  public init(_ text: String, _ amount: ExactDecimal, at pointer: String? = nil) {
    self.text = text
    self.amount = amount
    self.pointer = pointer
  }
}

/// For each line and period of a batch, the steps whose amounts add up to its figure, roundings included.
public struct Explanation: Sendable {
  /// For each line, the steps that add up to what it earned.
  public let lines: [[Step]]
  /// For each period, the steps that add up to its adjustment.
  public let periods: [[Step]]

  /// An explanation.
  public init(lines: [[Step]], periods: [[Step]]) {
    self.lines = lines
    self.periods = periods
  }
}
