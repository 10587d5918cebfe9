package import Diagnostics
package import ModuleProtocol
package import PlanModel

/// What a component came to.
package struct ComponentResult: Sendable {
  /// The figures of a component that was computed.
  package struct Figures: Sendable {
    /// The lines that it paid on.
    package let lines: CreditedLines
    /// For each line, which of the component's credit rules gave it.
    package let rule: [Int32]
    /// For each pair of payee and period, whether the component pays there.
    package let takesPart: [Bool]
    /// What each line earned.
    package internal(set) var earned: [Int64]
    /// Further columns that the module gives a line, for the plan's `outputs`.
    package internal(set) var lineColumns: [String: FrameColumn]
    /// What each pair of payee and period earned: the sum of its lines and the adjustment.
    package internal(set) var total: [Int64]
    /// Caps, floors, true-ups and rounding: what a pair of payee and period earned beside its lines.
    package internal(set) var adjustment: [Int64]
    /// Digits after the point of all amounts.
    package let places: Int
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
