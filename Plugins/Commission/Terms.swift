import Money

/// The terms of a commission component: what its rates are applied to, and what bounds their pay.
struct Terms {
  /// What a rate is applied to.
  enum Pay {
    /// A share of each line's amount.
    case rate(Rate)
    /// An amount for each unit, whose count stands in a column.
    case perUnit(Rate, units: String)
    /// Rates by band, for what is sold bit by bit.
    case tiers(Tiers)
    /// An amount for each line, or for each period.
    case amount(Rate, per: Occasion)
  }

  /// What an amount is paid for.
  enum Occasion: String, CaseIterable {
    /// Each line; one below zero takes it back.
    case deal
    /// Each period in which the payee takes part.
    case period
    /// The window of the measure: each period pays what is due by then, less what the window has paid before.
    case window
  }

  struct Gate {
    enum Missed: String, CaseIterable {
      /// What was earned while the gate was closed is never paid.
      case lost
      /// It is paid once the gate opens in the same window.
      case later
    }
    let atLeast: ExactDecimal
    /// The measure looked at; nil for the component's own.
    let measure: String?
    let missed: Missed
  }

  struct Bound {
    enum Span: String, CaseIterable, Comparable {
      case line, period
      /// The window of the component's measure.
      case window
      /// The fiscal year.
      case year

      /// Whether `left` is the shorter span.
      static func < (left: Span, right: Span) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
      }
    }
    /// A number of the lines for a span of a line, of the periods for others.
    let amount: Rate
    let per: Span
    let pointer: String
  }

  /// Which lines are held until somebody has looked at them.
  struct Review {
    /// A line of more than this, whatever its sign, is held.
    let above: ExactDecimal
    /// The column that says that a line was looked at and may be paid; nil where none is ever paid.
    let approved: String?
  }

  /// A part of what a line earned, and the day from which it can be paid.
  struct Part {
    /// The column with the day: the line's own (`date`), or another; a part without a day cannot be paid yet.
    let day: String
    let share: ExactDecimal
    let pointer: String
  }

  struct Round {
    enum Point: String, CaseIterable {
      case line, period
    }
    let at: Point
    let places: Int
    let mode: RoundingMode
  }

  let pay: Pay
  let multipliers: [Rate]
  let gate: Gate?
  let caps: [Bound]
  let floors: [Bound]
  let review: Review?
  /// The parts in which earnings can be paid, which add up to all of them; empty where they can be at once.
  let payable: [Part]
  let round: Round

  /// The bound that holds for a span.
  static func bound(_ bounds: [Bound], per span: Bound.Span) -> Bound? { bounds.first { $0.per == span } }

  /// Whether the pay is an amount for a period or window, and not for lines.
  var isPerPeriod: Bool { if case .amount(_, let occasion) = pay { occasion != .deal } else { false } }

  /// Whether what a payee is paid in a period depends on its lines only through the sum of their amounts.
  ///
  /// Rounding the running sum makes the lines add up to the rounded sum, whichever way it is cut into lines; the
  /// parts of a walk over bands add up to the way from its start to its end; one band reached is one rate for all.
  /// Gates, true-ups, and caps and floors of a period or window look at sums only. A line's own rate, factor, cap,
  /// floor, rounding or walk does not add up.
  var isSummable: Bool {
    let isLinear =
      switch pay {
      case .rate(let rate), .perUnit(let rate, _): rate.constant != nil
      case .tiers(let tiers):
        tiers.over != .deal && tiers.standing == nil && tiers.bands.allSatisfy { $0.rate.constant != nil }
      case .amount: false
      }
    return isLinear && multipliers.isEmpty && round.at == .period && review == nil && payable.isEmpty
      && !(caps + floors).contains { $0.per == .line }
  }
}
