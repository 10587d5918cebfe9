/// The columns that a component reads.
public struct ColumnNeeds: Sendable {
  /// One column, and the term of the config that asks for it.
  public struct Need: Sendable, Hashable {
    /// What the cells must be.
    public enum Kind: String, Sendable {
      /// Numbers, whole or decimal.
      case number
      /// Texts.
      case text
      /// Days.
      case date
      /// Anything that can be a key: texts, numbers, days, truth values.
      case key
      /// Numbers that are counted or added up, like units sold: where people share a row, the plan must state whether
      /// each counts a part of them.
      case quantity
    }

    /// The column's name.
    public let name: String
    /// What its cells must be.
    public let kind: Kind
    /// The place in the config, as a JSON pointer.
    public let pointer: String
    /// For a key, the place in the config of the table in which it is looked up: the host checks that the table's
    /// keys can be cells of the column, and that no two of them are the same value.
    public let table: String?

    /// A need.
    public init(_ name: String, _ kind: Kind, at pointer: String = "", table: String? = nil) {
      self.name = name
      self.kind = kind
      self.pointer = pointer
      self.table = table
    }
  }

  /// Columns of the credited lines: `amount`, `date`, columns of the credited table, `payee.…`.
  public let lines: [Need]
  /// Columns of the periods: `value`, `quota` and `window` of the component's measure, `NAME.value` of another.
  public let periods: [Need]

  /// Needs.
  public init(lines: [Need] = [], periods: [Need] = []) {
    self.lines = lines
    self.periods = periods
  }
}

/// What a component gives back.
public struct ColumnGifts: Sendable {
  /// A column beside `earned`, which the plan's `outputs` may show.
  public struct Gift: Sendable, Hashable {
    /// The column's name.
    public let name: String
    /// Digits after the point.
    public let places: Int

    /// A gift.
    public init(_ name: String, places: Int) {
      self.name = name
      self.places = places
    }
  }

  /// Digits after the point of `earned` and `adjustment`.
  public let places: Int
  /// Further columns of the lines.
  public let lines: [Gift]
  /// A promise: what a payee is paid in a period (its lines' earnings and its adjustment) depends on the lines of
  /// that period only through the sum of each of their number columns, an empty cell counting as zero.
  ///
  /// Where nobody looks at single lines, the host may then hand over one line a payee and period that holds the
  /// sums.
  public let isSummable: Bool

  /// Gifts.
  public init(places: Int, lines: [Gift] = [], isSummable: Bool = false) {
    self.places = places
    self.lines = lines
    self.isSummable = isSummable
  }
}

/// A fault of a component's config, placed by JSON pointer.
public struct ConfigFault: Error, Sendable, Hashable {
  /// The place in the config, `/tiers/bands/0/rate`.
  public let pointer: String
  /// What is wrong, for people; lower-case start, no full stop.
  public let message: String
  /// How to mend it.
  public let help: String?
  /// Whether the plan leaves open what it must state, rather than saying something wrong.
  public let isUnstated: Bool

  /// A fault.
  public init(_ pointer: String, _ message: String, help: String? = nil, isUnstated: Bool = false) {
    self.pointer = pointer
    self.message = message
    self.help = help
    self.isUnstated = isUnstated
  }
}
