/// The input of a calculation: the credited lines of whole payees, and the periods that they take part in.
///
/// Period rows are sorted by payee, then period. Line rows are sorted by payee, date and the row's id; column
/// `period_row` holds the place of each line's period row. Both frames hold just the columns that the component
/// needs beside `period_row`, `payee` and `period`.
public struct Batch: Sendable {
  /// A row a credited line.
  public let lines: Frame
  /// A row a payee and period.
  public let periods: Frame
  /// The tables that the component needs, by name; those with a person have column `payee`, the payee's number, and
  /// the rows of the batch's payees alone.
  public let tables: [String: Frame]

  /// A batch.
  public init(lines: Frame, periods: Frame, tables: [String: Frame] = [:]) {
    self.lines = lines
    self.periods = periods
    self.tables = tables
  }
}

/// The output of a calculation.
public struct Earnings: Sendable {
  /// For each line: `earned`, and the further columns that the component gives.
  public let lines: Frame
  /// For each period: `adjustment`, what the payee earns there for the period as a whole (caps, floors, true-ups), and
  /// the further columns that the component gives, of which cells may be empty.
  public let periods: Frame

  /// Earnings.
  public init(lines: Frame, periods: Frame) {
    self.lines = lines
    self.periods = periods
  }
}
