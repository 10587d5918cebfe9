package import Diagnostics
package import PlanModel

/// What a component came to.
package struct ComponentResult: Sendable {
  /// The figures of a component that was computed.
  package struct Figures: Sendable {
    /// A further column that the module gives a line, for the plan's `outputs`.
    package struct Given: Sendable {
      package let name: String
      package let cells: [Int64]
      package let places: Int
    }

    /// The lines that it paid on.
    package let lines: CreditedLines
    // For each line, which of the component's credit rules gave it; empty when there is but one.
    let rules: [Int32]
    /// For each pair of payee and period, whether the component pays there.
    package let takesPart: [Bool]
    /// What each line earned.
    package let earned: [Int64]
    package let given: [Given]
    /// What each pair of payee and period earned: the sum of its lines and the adjustment.
    package let total: [Int64]
    /// Caps, floors, true-ups and rounding: what a pair of payee and period earned beside its lines.
    package let adjustment: [Int64]
    /// Digits after the point of all amounts.
    package let places: Int

    /// Which of the component's credit rules gave the line.
    package func rule(_ line: Int) -> Int { rules.isEmpty ? 0 : Int(rules[line]) }
  }

  package enum State: Sendable {
    case computed(Figures)
    case failed(Diagnostic)
  }

  package let component: Component
  package let state: State

  /// The figures, or nil when the component failed.
  package var figures: Figures? { if case .computed(let figures) = state { figures } else { nil } }
}
