import Engine
import PlanModel
import Sessions

/// The hints of a document's components, kept so that those whose figures are as before are not made again.
struct HintMemory {
  /// What a component's hints are made of.
  private struct Source: Equatable {
    /// The number of the work behind the figures, and behind the tally.
    let figures: Int
    let tally: Int?
    let baseline: Int?
    let period: Int?
  }

  private var known: [String: (source: Source, hints: [InlayHint])] = [:]

  /// The hints of a plan, in its order.
  mutating func hints(
    _ ready: ReadyPreview, baseline: Bench.Baseline?, tallies: [String: NumberedTally]
  ) -> [InlayHint] {
    let making = HintMaking(ready, baseline: baseline)
    let result = ready.preview.result
    var kept: [String: (source: Source, hints: [InlayHint])] = [:]
    var hints = [making.plan].compactMap { $0 }
    for component in result.components {
      let name = component.component.name.text
      let tally = tallies[name].flatMap { $0.periods == ready.periods ? $0 : nil }
      let source = result.memory.number(ofComponent: name).map {
        Source(figures: $0, tally: tally?.number, baseline: baseline?.number, period: ready.period)
      }
      let own: [InlayHint]
      if let source, let earlier = known[name], earlier.source == source {
        own = earlier.hints
      } else {
        own = making.hints(component, tally?.tally)
      }
      if let source { kept[name] = (source, own) }
      hints += own
    }
    known = kept
    return hints
  }
}

/// What the terms of a component pay in some periods, with the number of the work that was counted.
struct NumberedTally {
  let number: Int
  let periods: Range<Int>
  let tally: StepTally
}
