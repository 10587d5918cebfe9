import ModuleProtocol
import Money

/// The terms of a component that gives gifts.
struct GiftTerms {
  /// An item that is given when something was reached, or won.
  struct Rule {
    enum Cause {
      case reached(Condition)
      /// Given as often as a column of another component says.
      case won(String)
    }
    let item: String
    let cause: Cause
    /// The attribute that names the team which is given it together; nil for each payee.
    let team: String?
    let pointer: String
  }

  struct Budget {
    let amount: ExactDecimal
    let pointer: String
  }

  let catalogue: CatalogueTerms
  let rules: [Rule]
  let chosen: ChoiceTerms?
  let budget: Budget?
  let grossUp: GrossUp?
  /// The column of the payee with the income of the year beside the gifts, for brackets.
  let income: String?
  /// The column of the payee with the role, where the catalogue is for roles.
  let role: String?
}
