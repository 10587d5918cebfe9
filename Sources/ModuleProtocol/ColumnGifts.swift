/// What a component gives back.
public struct ColumnGifts: Sendable {
  /// A column beside `earned` or `adjustment`, which the plan's `outputs` may show.
  public struct Gift: Sendable, Hashable {
    /// The column's name.
    public let name: String
    /// Digits after the point.
    public let places: Int
    /// What it is counted in; nil for the component's own unit.
    public let unit: String?
    /// What it shows, in a few words for people; nil where the name says it.
    public let summary: String?

    /// A gift.
    public init(_ name: String, places: Int, unit: String? = nil, summary: String? = nil) {
      self.name = name
      self.places = places
      self.unit = unit
      self.summary = summary
    }
  }

  /// Which payees must be in one batch together.
  public enum Scope: String, Sendable {
    /// Each payee stands alone: batches are cut between any two.
    case payee
    /// What one gets depends on the others (ranks, pools, budgets): all payees are in one batch.
    case component
  }

  /// Digits after the point of `earned` and `adjustment`.
  public let places: Int
  /// What the component pays in, in a word like `points`; nil for money in the plan's currency.
  public let unit: String?
  /// Which payees must be in one batch together.
  public let scope: Scope
  /// Further columns of the lines.
  public let lines: [Gift]
  /// Further columns of the periods, whose cells may be empty: a rank, a balance.
  public let periods: [Gift]
  /// A promise: what a payee is paid in a period (its lines' earnings and its adjustment) depends on the lines of
  /// that period only through the sum of each of their number columns, an empty cell counting as zero.
  ///
  /// Where nobody looks at single lines, the host may then hand over one line a payee and period that holds the
  /// sums.
  public let isSummable: Bool

  /// Gifts.
  public init(
    places: Int, unit: String? = nil, scope: Scope = .payee, lines: [Gift] = [], periods: [Gift] = [],
    isSummable: Bool = false
  ) {
    self.places = places
    self.unit = unit
    self.scope = scope
    self.lines = lines
    self.periods = periods
    self.isSummable = isSummable
  }
}
