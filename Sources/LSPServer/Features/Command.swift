/// What the editor can have done, beside asking.
enum Command: String, CaseIterable {
  /// The statement of the plan as it is typed.
  case preview = "incentive.previewPayouts"
  /// Why a payee is paid what they are.
  case explain = "incentive.explainPayout"
  /// Who gets more and who gets less than by the saved plan.
  case compare = "incentive.compareWithSaved"

  /// What a menu or a lens calls it.
  var title: String {
    switch self {
    case .preview: "Preview payouts"
    case .explain: "Explain a payee"
    case .compare: "What did this edit change"
    }
  }
}
