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
      /// Truth values.
      case boolean
      /// Anything that can be a key: texts, numbers, days, truth values.
      case key
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

    /// The column of which each person's part is wanted; nil where it is the column itself.
    public var partOf: String? { name.hasPrefix("part.") ? String(name.dropFirst(5)) : nil }

    /// A need.
    public init(_ name: String, _ kind: Kind, at pointer: String = "", table: String? = nil) {
      self.name = name
      self.kind = kind
      self.pointer = pointer
      self.table = table
    }
  }

  /// A table of the plan, and the columns of it that are read.
  public struct TableNeed: Sendable, Hashable {
    /// The table's name.
    public let name: String
    /// The column with the payee's id; nil for all rows in every batch.
    ///
    /// A batch has the rows of its payees alone then, with the number of each as column `payee`.
    public let person: String?
    /// The columns that are read.
    public let columns: [Need]
    /// The place in the config, as a JSON pointer.
    public let pointer: String

    /// A need.
    public init(_ name: String, person: String? = nil, columns: [Need], at pointer: String = "") {
      self.name = name
      self.person = person
      self.columns = columns
      self.pointer = pointer
    }
  }

  /// Columns of the credited lines: `amount`, `date`, columns of the credited table, `payee.…`, and `part.…`: of a
  /// column of numbers that are counted, like units, each person's part where people share a row and the plan says so.
  public let lines: [Need]
  /// Columns of the periods: `value`, `quota` and `window` of the component's measure, `NAME.value` of another,
  /// `period.from`, `period.to`, `period.label`, `period.year`, `period.year_left`, and `COMPONENT.earned` or another column that a component gives.
  public let periods: [Need]
  /// Tables that are read beside the lines and the periods, each named once.
  public let tables: [TableNeed]

  /// Needs.
  public init(lines: [Need] = [], periods: [Need] = [], tables: [TableNeed] = []) {
    self.lines = lines
    self.periods = periods
    self.tables = tables
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
