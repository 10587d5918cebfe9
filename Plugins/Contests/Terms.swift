import Money
import PlanCalendar

/// The terms of a contest.
struct Terms {
  enum Currency: String, CaseIterable { case cash, points, items }
  enum Best: String, CaseIterable { case highest, lowest }
  /// The place after two who share the first: the third, or the second.
  enum Ranking: String, CaseIterable { case standard, dense }
  /// What those get who are equal in everything.
  enum Ties: String, CaseIterable {
    /// The prizes of their places together, in equal parts.
    case share
    /// The prize of the first of their places, each.
    case duplicate
    /// They are put in an order that is drawn.
    case draw
    /// Nothing.
    case nobody
  }
  enum Unclaimed: String, CaseIterable {
    case keep
    case equally
    case proRata = "pro-rata"
  }

  /// A stretch of days with prizes of its own.
  struct Round {
    let name: String
    let from: CalendarDate
    let to: CalendarDate
  }

  /// Something that breaks a tie.
  enum TieBreak {
    case figure(Figure, Best)
    /// Who had the last line that counts on an earlier day.
    case earliest
  }

  /// A figure that must be reached to take part.
  struct Bar {
    let figure: Figure
    let atLeast: ExactDecimal
  }

  struct Prize {
    /// In the last digit of what is paid; one for an item.
    let amount: Int64
    /// The item's place in `items`.
    let item: Int?
    let pointer: String
  }

  enum Winners {
    case places([Prize])
    case topShare(ExactDecimal, ofParticipants: Bool, RoundingMode, Prize)
    case reach([(atLeast: ExactDecimal, prize: Prize)])
    case duels(Duels, Prize)
    case divisions([[Prize]])
    case raffle(Raffle, [Prize])
  }

  struct Duels {
    let table: String
    let person: String
    let duel: String
    let date: String?
    let pointer: String
  }

  struct Raffle {
    enum Wins: String, CaseIterable {
      case once
      case perTicket = "per-ticket"
    }
    /// How much of the score is one ticket.
    let ticket: ExactDecimal
    let wins: Wins
  }

  struct Budget {
    enum Span: String, CaseIterable { case round, contest }
    enum Over: String, CaseIterable {
      case scale
      case inOrder = "in-order"
    }
    let amount: Int64
    let per: Span
    let over: Over
  }

  struct Team {
    enum Score: String, CaseIterable { case sum, average }
    enum Split: String, CaseIterable {
      case equal
      case byScore = "by-score"
      case each
    }
    let by: String
    let score: Score
    let split: Split
  }

  struct League {
    let start: String
    let divisions: [String]
    let promote: Int
    let relegate: Int
  }

  let pays: Currency
  /// The names of the items that can be won.
  let items: [String]
  /// Nil when each period is a round.
  let rounds: [Round]?
  let score: Figure
  let best: Best
  /// The score that is needed to win anything: the least, or the most where the lowest is best.
  let limit: ExactDecimal
  let eligible: [Bar]
  let ranking: Ranking
  let ties: Ties
  let tieBreaks: [TieBreak]
  let winners: Winners
  let unclaimed: Unclaimed
  let budget: Budget?
  let team: Team?
  let league: League?
  let seed: String
}

/// A figure of a payee over a round, which can be compared.
struct Figure {
  enum Source {
    /// The sum of a column of the lines.
    case sum(String)
    /// The number of lines.
    case count
    /// What a measure came to in the periods of the round.
    case measure(String)
  }

  enum Base {
    /// What the lines of other days came to.
    case days(from: CalendarDate, to: CalendarDate)
    /// A number of the payee.
    case column(String)
  }

  enum Kind {
    case plain(Source)
    /// A measure's figure over its quota, as it stands in the round's last period.
    case attainment(String)
    /// What there is more than in the base, as an amount or as a share of the base.
    case growth(Source, Base, isShare: Bool)
  }

  let kind: Kind
  let pointer: String

  /// Whether it is a share, shown as a percentage.
  var isShare: Bool {
    switch kind {
    case .attainment: true
    case .growth(_, _, let isShare): isShare
    case .plain: false
    }
  }

  /// Digits after the point that show it well.
  func places(money: Int) -> Int {
    switch kind {
    case .plain(let source), .growth(let source, _, isShare: false):
      switch source {
      case .sum("amount"), .measure: money
      case .sum: 4
      case .count: 0
      }
    case .attainment, .growth: 6
    }
  }
}
