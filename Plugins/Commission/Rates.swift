import ModuleKit
import ModuleProtocol
import Money

extension Terms {
  /// Where a number of the terms is taken from: a rate, what a unit pays, a factor.
  ///
  /// The numbers of a table, and those of bands, are rates themselves, so that a rate by attainment and product is a
  /// table of tables. Of bands `{to: 100%, rate: {core: 5%, platform: 8%}}` and then 10 %, a platform deal at an
  /// attainment of 90 % has 8 %.
  indirect enum Rate {
    /// One number for all.
    case flat(ExactDecimal, pointer: String)
    /// A column with it.
    case column(String, pointer: String)
    /// The number for the value of a column.
    case lookup(Lookup)
    /// The number of the band that a figure reached.
    case bands(Ladder)
    /// The number on the line between two points.
    case curve(Curve)

    /// Where it stands in the config.
    var pointer: String {
      switch self {
      case .flat(_, let pointer), .column(_, let pointer): pointer
      case .lookup(let lookup): lookup.pointer
      case .bands(let ladder): ladder.pointer
      case .curve(let curve): curve.pointer
      }
    }

    /// The number that it is for all lines, if it is the same for all.
    var constant: ExactDecimal? { if case .flat(let number, _) = self { number } else { nil } }
  }

  /// A number of a table.
  struct Entry {
    let key: String
    let rate: Rate
  }

  /// A number that holds up to an edge.
  struct Band {
    /// The upper edge; nil for the last band.
    let to: ExactDecimal?
    let rate: Rate
  }

  struct Lookup {
    let by: String
    let table: [Entry]
    let otherwise: Rate
    let pointer: String
  }

  struct Ladder {
    let by: Figure
    let edge: Tiers.Edge
    /// The bands with their upper edges, which ascend; the last has none.
    let bands: [Band]
    let pointer: String
  }

  struct Curve {
    enum End: Equatable {
      /// The number of the nearest point.
      case hold
      /// The line between the two nearest points goes on.
      case extend
      case number(ExactDecimal)
    }
    let by: Figure
    /// At least two, ascending.
    let points: [(at: ExactDecimal, number: ExactDecimal)]
    let below: End
    let above: End
    /// Digits after the point to which a number between two points is rounded, half-even.
    let places: Int
    let pointer: String
  }

  /// What is set against the edges of bands and the points of a curve.
  enum Figure {
    /// A number of the row.
    case column(String)
    /// The row's day, as days since 1970-01-01.
    case day(String)
    /// How many whole months lie between a day of the row and the row's own.
    case monthsSince(String)
    /// A measure's figure over its quota; the component's own measure unless named.
    case attainment(measure: String?)
    /// A measure's figure.
    case value(measure: String?)
    /// What another component pays for the period.
    case earned(String)
  }
}

/// The columns that the terms ask for, each once.
struct NeedList {
  private(set) var lines: [ColumnNeeds.Need] = []
  private(set) var periods: [ColumnNeeds.Need] = []

  /// A column of the lines, or with `perPeriod` of the periods.
  mutating func row(
    _ name: String, _ kind: ColumnNeeds.Need.Kind, at pointer: String, table: String? = nil,
    perPeriod: Bool = false
  ) {
    let need = ColumnNeeds.Need(name, kind, at: pointer, table: table)
    if perPeriod { period(name, kind, at: pointer, table: table) } else { Self.add(need, to: &lines) }
  }

  mutating func period(
    _ name: String, _ kind: ColumnNeeds.Need.Kind = .number, at pointer: String, table: String? = nil
  ) {
    let need = ColumnNeeds.Need(name, kind, at: pointer, table: table)
    Self.add(need, to: &periods)
  }

  /// What is asked for at two places is asked for once.
  private static func add(_ need: ColumnNeeds.Need, to needs: inout [ColumnNeeds.Need]) {
    let isThere = needs.contains { $0.name == need.name && $0.kind == need.kind && $0.table == need.table }
    if !isThere { needs.append(need) }
  }

  /// The columns of a rate.
  mutating func rate(_ rate: Terms.Rate, perPeriod: Bool = false) {
    switch rate {
    case .flat: break
    case .column(let name, let pointer): row(name, .number, at: pointer + "/column", perPeriod: perPeriod)
    case .lookup(let lookup):
      row(
        lookup.by, .key, at: lookup.pointer + "/by", table: lookup.pointer + "/table", perPeriod: perPeriod)
      for branch in lookup.table { self.rate(branch.rate, perPeriod: perPeriod) }
      self.rate(lookup.otherwise, perPeriod: perPeriod)
    case .bands(let ladder):
      figure(ladder.by, in: ladder.pointer, perPeriod: perPeriod)
      for band in ladder.bands { self.rate(band.rate, perPeriod: perPeriod) }
    case .curve(let curve): figure(curve.by, in: curve.pointer, perPeriod: perPeriod)
    }
  }

  private mutating func figure(_ figure: Terms.Figure, in place: String, perPeriod: Bool) {
    let pointer = place + "/by"
    switch figure {
    case .column(let name): row(name, .number, at: pointer, perPeriod: perPeriod)
    case .day(let name): row(name, .date, at: pointer, perPeriod: perPeriod)
    case .monthsSince(let name):
      row(name, .date, at: pointer + "/months_since", perPeriod: perPeriod)
      row("date", .date, at: pointer, perPeriod: perPeriod)
    case .attainment(let measure):
      period(Self.name("value", of: measure), at: measure == nil ? pointer : place + "/measure")
      period(Self.name("quota", of: measure), at: measure == nil ? pointer : place + "/measure")
    case .value(let measure):
      period(Self.name("value", of: measure), at: measure == nil ? pointer : place + "/measure")
    case .earned(let component): period(Self.name("earned", of: component), at: pointer + "/earned")
    }
  }

  /// The column of what each person counts of a number, who may share the row with others.
  static func part(of column: String) -> String { "part." + column }

  /// The column of a measure's figure.
  static func name(_ field: String, of measure: String?) -> String {
    measure.map { "\($0).\(field)" } ?? field
  }
}
