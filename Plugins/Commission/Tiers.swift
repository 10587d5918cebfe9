import Money

extension Terms {
  /// Rates by band: what is sold walks along the bands, and each step has the rate of the band that it lies in.
  struct Tiers {
    enum Scale: String, CaseIterable {
      /// Edges are shares of the quota.
      case attainment
      /// Edges are amounts.
      case amount
      /// Edges are counts of units, and rates are amounts for each.
      case quantity
    }
    enum Method: String, CaseIterable {
      /// Each part of the amount at the rate of the band that it lies in.
      case marginal
      /// The whole amount at the rate of the band that the figure reached.
      case wholeAmount = "whole-amount"
      /// Marginal up to an edge; all that lies beyond it at the rate of the band that the figure reached.
      case overage
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
    let by: Scale
    /// The column of the units, by quantity.
    let units: String?
    let method: Method
    let over: Span
    let edge: Edge
    let earlier: Earlier
    /// For overage, the first band that lies beyond the edge.
    let firstBeyond: Int
    /// Whether the lines alone do not tell how far the bands are walked, since more counts than they hold.
    let countsMore: Bool
    let bands: [Band]

    /// The column of lines with what walks along the bands.
    var base: String { units.map { NeedList.part(of: $0) } ?? "amount" }

    /// Whether a figure says which band all of it, or all beyond an edge, is paid by.
    var isReached: Bool { method != .marginal }

    /// The column of lines with the place on the walk at which each begins; nil where the one before says so.
    var standing: String? {
      guard countsMore, method != .wholeAmount else { return nil }
      switch over {
      case .deal: return nil
      case .period: return "measure.before_in_period"
      case .toDate: return "measure.before"
      }
    }

    /// The column of periods with the figure whose attainment says which band is reached; nil where the lines' own
    /// amounts are set against the edges.
    var figure: String? {
      guard by == .attainment || countsMore, isReached else { return nil }
      switch over {
      case .deal: return nil
      case .period: return "in_period"
      case .toDate: return "value"
      }
    }
  }
}
