import Money

/// The terms of a commission component.
struct Terms {
  enum Pay {
    /// A share of each line's amount.
    case rate(Rate)
    /// An amount for each unit, whose count stands in a column.
    case perUnit(Rate, units: String)
    case tiers(Tiers)
  }

  /// A number that is the same for all lines, stands in a column, or is looked up by an attribute.
  enum Rate {
    case flat(ExactDecimal, pointer: String)
    case column(String, pointer: String)
    case lookup(Lookup)
  }

  struct Lookup {
    let by: String
    let table: [(key: String, number: ExactDecimal)]
    let otherwise: ExactDecimal
    let pointer: String
  }

  struct Tiers {
    enum Scale: String, CaseIterable {
      case attainment, amount
    }
    enum Method: String, CaseIterable {
      /// Each part of the amount at the rate of the band that it lies in.
      case marginal
      /// The whole amount at the rate of the band that the figure reached.
      case wholeAmount = "whole-amount"
    }
    enum Span: String, CaseIterable {
      case deal, period
      case toDate = "to-date"
    }
    enum Edge: String, CaseIterable {
      case lower, upper
    }
    enum Earlier: String, CaseIterable {
      /// Earlier periods of the window keep what they paid.
      case keep
      /// The rate reached holds for the whole window; the difference is paid now.
      case trueUp = "true-up"
    }
    enum Counted: String, CaseIterable {
      /// All that the measure holds, whether the component pays on it or not.
      case measured
      /// Only the lines that the component pays on.
      case paid
    }
    struct Band {
      /// The upper edge: a share of the quota or an amount; nil for the last band.
      let to: ExactDecimal?
      let rate: ExactDecimal
      let pointer: String
    }

    let by: Scale
    let method: Method
    let over: Span
    let edge: Edge
    let earlier: Earlier
    /// Whether the lines alone do not tell how far the bands are walked, since more counts than they hold.
    let countsMore: Bool
    let bands: [Band]

    /// The column of lines with the place on the walk at which each begins; nil where the one before says so.
    var standing: String? {
      guard countsMore, method == .marginal else { return nil }
      switch over {
      case .deal: return nil
      case .period: return "measure.before_in_period"
      case .toDate: return "measure.before"
      }
    }

    /// The column of periods with the figure whose attainment says which band is reached; nil where the lines' own
    /// amounts are set against the edges.
    var figure: String? {
      guard by == .attainment || countsMore, method == .wholeAmount else { return nil }
      switch over {
      case .deal: return nil
      case .period: return "in_period"
      case .toDate: return "value"
      }
    }
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
      case line, period, window

      /// Whether `left` is the shorter span.
      static func < (left: Span, right: Span) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
      }
    }
    /// What a floor may hold for.
    enum FloorSpan: String, CaseIterable {
      case line, period
    }
    let amount: ExactDecimal
    let per: Span
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
  let multipliers: [Lookup]
  let gate: Gate?
  let cap: Bound?
  let floor: Bound?
  let round: Round

  /// Whether what a payee is paid in a period depends on its lines only through the sum of their amounts.
  ///
  /// Rounding the running sum makes the lines add up to the rounded sum, whichever way it is cut into lines; the
  /// parts of a walk over bands add up to the way from its start to its end; one band reached is one rate for all.
  /// Gates, true-ups, and caps and floors of a period or window look at sums only. A line's own rate, factor, cap,
  /// floor, rounding or walk does not add up.
  var isSummable: Bool {
    let isLinear =
      switch pay {
      case .rate(.flat), .perUnit(.flat, _): true
      case .rate, .perUnit: false
      case .tiers(let tiers): tiers.over != .deal && tiers.standing == nil
      }
    return isLinear && multipliers.isEmpty && round.at == .period && cap?.per != .line && floor?.per != .line
  }
}
