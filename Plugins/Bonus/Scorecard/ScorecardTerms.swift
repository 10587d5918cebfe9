import Money

/// The terms of a bonus by weighted objectives.
struct ScorecardTerms {
  enum Unscored: String, CaseIterable { case zero, full }

  struct Objective {
    enum Source {
      /// A measure over its quota, a measure itself, or a number of the payee.
      case figure(BonusFigure)
      /// A manager's score.
      case scored
    }
    let name: String
    let weight: ExactDecimal
    let source: Source
    let curve: Curve
    /// Another objective on which this one depends.
    let link: Link?
    let pointer: String
  }

  /// An objective pays no more than `otherwise` unless another one has come so far.
  struct Link {
    /// The place of the other objective.
    let objective: Int
    let atLeast: ExactDecimal
    let otherwise: ExactDecimal
  }

  /// Where the managers' scores stand: a row a score, the latest of a period counts.
  struct Scores {
    let table: String
    let person: String
    let objective: String
    let score: String
    let date: String
    /// The column with what the score rests on; nil where none is shown.
    let evidence: String?
    let unscored: Unscored
  }

  struct Gate {
    let figure: BonusFigure
    let atLeast: ExactDecimal
  }

  let target: Target
  let objectives: [Objective]
  let scores: Scores?
  let gate: Gate?
  let guarantee: Guarantee?
  let scaling: Scaling
  /// Whether the window of the component's measure is paid in its last period, and not each period.
  let isPaidAtWindowEnd: Bool
  let rounding: RoundingMode
}
