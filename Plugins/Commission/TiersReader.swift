import ModuleKit
import Money

extension TermsReader {
  mutating func tiers(_ reader: ConfigReader) -> Terms.Tiers? {
    let by = reader["by"].word(Terms.Tiers.Scale.self, asking: "what the bands are counted in", &faults)
    let method = reader["method"].word(
      Terms.Tiers.Method.self, asking: "whether a band's rate pays the part in the band or the whole amount",
      &faults)
    let over = reader["over"].word(
      Terms.Tiers.Span.self, asking: "what is added up before it is set against the bands", &faults)
    var edge = Terms.Tiers.Edge.upper
    var earlier = Terms.Tiers.Earlier.keep
    if method == .wholeAmount || method == .overage {
      edge =
        reader["edge"].word(
          Terms.Tiers.Edge.self, asking: "which band a figure that is exactly on an edge belongs to", &faults)
        ?? edge
      if over == .toDate {
        earlier =
          reader["earlier"].word(
            Terms.Tiers.Earlier.self, asking: "what a newly reached rate does to earlier periods", &faults)
          ?? earlier
      }
    }
    if by == .attainment, !context.hasQuota {
      faults.append(
        reader["by"].fault(
          "attainment needs a measure with a quota", help: "name one as `measure` of the component"))
    }
    if over == .toDate, !context.hasMeasure {
      faults.append(
        reader["over"].fault(
          "`to-date` needs a measure, whose window says when it starts anew",
          help: "name one as `measure` of the component"))
    }
    if by == .attainment, let measure = context.measure, measure.hasQuota, !measure.sumsLines {
      refuseCuts(of: measure, method, over, reader)
    }
    let countsMore = by.map { self.countsMore($0, over, reader) } ?? false
    let units = self.units(by, reader)
    let bands = self.bands(reader["bands"]) { terms, item in terms.bandRate(item, by) }
    let firstBeyond = method.flatMap { self.firstBeyond($0, bands.compactMap(\.to), reader) }
    guard let by, let method, let over, let firstBeyond, !bands.isEmpty, by != .quantity || units != nil
    else {
      return nil
    }
    return Terms.Tiers(
      by: by, units: units, method: method, over: over, edge: edge, earlier: earlier,
      firstBeyond: firstBeyond, countsMore: countsMore, bands: bands)
  }

  /// What a band pays: by quantity an amount for each unit, else a share.
  private mutating func bandRate(_ item: ConfigReader, _ by: Terms.Tiers.Scale?) -> Terms.Rate? {
    let (wanted, other): (RateUnit, RateUnit) = by == .quantity ? (.amount, .rate) : (.rate, .amount)
    if item[other.word].exists {
      faults.append(
        item[other.word].fault(
          by == .quantity ? "by quantity a band pays an `amount` for each unit" : "a band pays a `rate` here",
          help: by == .quantity
            ? "write `amount: …`" : "write `rate: …`; amounts for what is reached stand in `amount`"))
      return nil
    }
    return rate(item[wanted.word], wanted)
  }

  /// The column of the units that walk along the bands.
  private mutating func units(_ by: Terms.Tiers.Scale?, _ reader: ConfigReader) -> String? {
    if by == .quantity { return reader["units"].text(&faults) }
    if reader["units"].exists {
      faults.append(
        reader["units"].fault("units are counted `by: quantity` only", help: "write `by: quantity`"))
    }
    return nil
  }

  /// For overage, the first band that lies beyond the edge where it begins; all bands lie below it otherwise.
  private mutating func firstBeyond(
    _ method: Terms.Tiers.Method, _ edges: [ExactDecimal], _ reader: ConfigReader
  ) -> Int? {
    guard method == .overage else {
      if reader["beyond"].exists {
        faults.append(
          reader["beyond"].fault("only `method: overage` pays what lies beyond an edge differently"))
      }
      return edges.count + 1
    }
    guard let beyond = reader["beyond"].decimal(&faults) else { return nil }
    if let place = edges.firstIndex(of: beyond) { return place + 1 }
    faults.append(
      reader["beyond"].fault(
        "`\(beyond)` is no edge of the bands", help: "write one of the bands' `to`, or add a band up to it"))
    return nil
  }

  /// Whether what the measure holds beyond the lines takes up the bands: by attainment always, by amount if the plan
  /// says so.
  private mutating func countsMore(
    _ by: Terms.Tiers.Scale, _ over: Terms.Tiers.Span?, _ reader: ConfigReader
  ) -> Bool {
    let holdsMore = context.measure?.holdsMore ?? false
    let sumsLines = context.measure?.sumsLines ?? false
    let isAsked = by == .amount && over != nil && over != .deal && sumsLines && holdsMore
    guard isAsked || reader["counted"].exists else { return by == .attainment && holdsMore }
    let counted = reader["counted"].word(
      Terms.Tiers.Counted.self,
      asking: "whether what the measure holds and the component does not pay takes up the bands", &faults)
    switch counted {
    case .paid? where by == .attainment:
      faults.append(
        reader["counted"].fault(
          "attainment counts all that the measure holds",
          help: "give the component a measure that leaves out the rest, or write `by: amount`"))
    case .measured? where by == .quantity:
      faults.append(reader["counted"].fault("by quantity only the lines' own units are counted"))
    case .measured? where over == .deal:
      faults.append(reader["counted"].fault("over a `deal` nothing but the deal itself is counted"))
    case .measured? where !sumsLines:
      faults.append(
        reader["counted"].fault(
          "there is no measure that sums the amounts that the component pays on",
          help: "name one as `measure` of the component, or write `counted: paid`"))
    default: break
    }
    return holdsMore && counted == .measured
  }

  /// Refuses bands that set amounts against shares of a quota which is one of something else.
  private mutating func refuseCuts(
    of measure: ComponentContext.Measure, _ method: Terms.Tiers.Method?, _ over: Terms.Tiers.Span?,
    _ reader: ConfigReader
  ) {
    let other = "of the quota, and `\(measure.name)` does not hold all of these amounts"
    let alike = "let the measure be `sum: amount` of all that the component pays on, or write"
    if over == .deal {
      faults.append(
        reader["over"].fault(
          "the bands set the amount of each deal against shares \(other)",
          help: "\(alike) `by: amount`, or `method: whole-amount` with `over: period`"))
    } else if method != .wholeAmount {
      faults.append(
        reader["method"].fault(
          "the bands cut the amounts of the lines at shares \(other)",
          help: "\(alike) `method: whole-amount`, or `by: amount`"))
    }
  }
}
