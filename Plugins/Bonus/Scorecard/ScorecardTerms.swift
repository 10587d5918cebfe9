import Money

/// The terms of a bonus by weighted objectives.
struct ScorecardTerms {
  enum Between: String, CaseIterable { case linear, step }
  enum Unscored: String, CaseIterable { case zero, full }

  enum Target {
    case amount(ExactDecimal)
    case column(String)
  }

  /// What an attainment or score pays of the objective's part.
  struct Point {
    let at: ExactDecimal
    let pays: ExactDecimal
  }

  struct Objective {
    enum Figure {
      /// A measure's figure over its quota.
      case attainment(String)
      /// A manager's score.
      case scored
    }
    let name: String
    let weight: ExactDecimal
    let figure: Figure
    /// Ascending by `at`; empty where it pays just what was attained or scored.
    let curve: [Point]
    let between: Between
    let pointer: String
  }

  /// Where the managers' scores stand: a row a score, the latest of a period counts.
  struct Scores {
    let table: String
    let person: String
    let objective: String
    let score: String
    let date: String
    let unscored: Unscored
  }

  struct Gate {
    let measure: String
    let atLeast: ExactDecimal
  }

  let target: Target
  let objectives: [Objective]
  let scores: Scores?
  let gate: Gate?
  /// The least that is paid in a period to who was active, in the currency's minor unit.
  let guarantee: Int64
  let proration: Proration?
}
