import Money

/// The terms of an account of points.
struct AccountTerms {
  /// How points are earned.
  enum Rule {
    /// So many for so much of a column of each line.
    case perAmount(points: Int64, per: ExactDecimal, column: String, RoundingMode, pointer: String)
    /// So many for each line.
    case perLine(points: Int64, pointer: String)
    /// So many in each period in which something was reached.
    case reached(points: Int64, Condition, pointer: String)
    /// What another component paid in points.
    case from(component: String, pointer: String)
  }

  /// When points are lost.
  struct Expiry {
    enum Counted: String, CaseIterable {
      /// On the same day of the month, or the month's last.
      case day
      /// With the end of the month.
      case monthEnd = "month-end"
    }
    let months: Int
    let counted: Counted
  }

  /// What becomes of points that are taken back and are not there any more.
  enum Short: String, CaseIterable {
    case forgive
    /// They are taken off what is earned next.
    case owe
  }

  struct Opening {
    let table: String
    let person: String
    let points: String
    let date: String
  }

  struct Levels {
    enum By: String, CaseIterable { case earned, balance }
    let by: By
    /// Ascending.
    let steps: [(name: String, atLeast: Int64)]

    /// The number of the level of so many points, from 1; 0 for none.
    func number(_ points: Int64) -> Int { steps.prefix { $0.atLeast <= points }.count }
  }

  let rules: [Rule]
  /// Nil where points never expire.
  let expiry: Expiry?
  let short: Short
  let opening: Opening?
  let redeem: ChoiceTerms?
  let catalogue: CatalogueTerms?
  let levels: Levels?
  /// What a point is worth.
  let value: ExactDecimal?
  /// The column of the payee with the role, where the catalogue is for roles.
  let role: String?
}
