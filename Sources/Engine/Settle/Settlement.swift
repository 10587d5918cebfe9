import Diagnostics
package import Money

/// What became of what was earned: payable, paid, and what is still open at the end.
package struct Settlement: Sendable {
  /// What a step did in a payee's period.
  package struct Entry: Sendable {
    /// The number of the step.
    package let step: Int
    /// The arithmetic in words: `top-up to 3,000.00 from 2,000.00`.
    package let text: String
    /// What it added to pay, below zero where it took something.
    package let amount: Int64
  }

  /// What is open after the last period: owed by the payee, or held for them until a day.
  package struct Balance: Sendable {
    package let payee: Int
    package let step: Int
    /// The day on which what is held falls due; nil for what is owed.
    package let due: Int32?
    package let amount: Int64
  }

  /// What is paid, in the payee's own currency.
  package struct InPayCurrency: Sendable {
    package let code: String
    package let amount: ExactDecimal
    /// The rate in words; nil where it is the plan's currency.
    package let rate: String?
  }

  /// Digits after the point of all amounts.
  package let places: Int
  /// For each pair of payee and period what the components earned, what is payable of it, and what is paid.
  package internal(set) var earned: [Int64]
  package internal(set) var payable: [Int64]
  package internal(set) var paid: [Int64]
  package internal(set) var entries: [[Entry]]
  /// For each step what was open after each pair: what is owed, or held.
  package internal(set) var open: [[Int64]]
  package internal(set) var balances: [Balance] = []
  /// For each pair what is paid in the payee's currency; empty where the plan names none.
  package internal(set) var inPayCurrency: [InPayCurrency?] = []
  /// Rates that are missing.
  var faults: [Diagnostic] = []

  /// What a step added to the pay of each pair.
  package func moves(of step: Int) -> [Int64] {
    entries.map { entries in
      entries.reduce(0) { $1.step == step ? $0 + $1.amount : $0 }
    }
  }

  package func decimal(_ amount: Int64) -> ExactDecimal {
    ExactDecimal(coefficient: Int128(amount), scale: places)
  }
}
