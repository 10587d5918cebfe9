import PlanCalendar

/// The points of one payee, by the day on which they are lost.
struct Ledger {
  struct Lot {
    fileprivate let day: Int32
    /// The first day on which they are gone.
    fileprivate let gone: Int32
    fileprivate(set) var points: Int64
  }

  /// Those that are gone first come first.
  private var lots: [Lot] = []
  private let expiry: AccountTerms.Expiry?
  /// What was taken back and was not there.
  private(set) var owed: Int64 = 0
  /// All that was ever earned, less what was taken back.
  private(set) var earned: Int64 = 0

  init(_ expiry: AccountTerms.Expiry?) { self.expiry = expiry }

  /// What is there; never below zero.
  var balance: Int64 { lots.reduce(0) { $0 + $1.points } }

  /// Adds points of a day; what is owed is paid first.
  mutating func add(_ points: Int64, on day: Int32) {
    earned += points
    let paid = min(owed, points)
    owed -= paid
    if points > paid { insert(Lot(day: day, gone: gone(day), points: points - paid)) }
  }

  private mutating func insert(_ lot: Lot) {
    let place = lots.firstIndex { ($0.gone, $0.day) > (lot.gone, lot.day) } ?? lots.endIndex
    lots.insert(lot, at: place)
  }

  /// Takes so many, the oldest first, and returns what was taken; nil, and nothing taken, when there are not so many.
  mutating func redeem(_ points: Int64) -> [Lot]? {
    guard points <= balance else { return nil }
    var (left, taken) = (points, [Lot]())
    while left > 0, !lots.isEmpty {
      var part = lots[0]
      part.points = min(left, lots[0].points)
      left -= part.points
      lots[0].points -= part.points
      taken.append(part)
      if lots[0].points == 0 { lots.removeFirst() }
    }
    return taken
  }

  /// Gives back what was taken: it is lost on the day on which it would have been; what is owed is paid first.
  mutating func restore(_ taken: [Lot]) {
    for var lot in taken {
      let paid = min(owed, lot.points)
      owed -= paid
      lot.points -= paid
      if lot.points > 0 { insert(lot) }
    }
  }

  /// Takes back so many, the newest first; returns how many of them were forgiven.
  mutating func reverse(_ points: Int64, _ short: AccountTerms.Short) -> Int64 {
    earned -= points
    var left = points
    while left > 0, let newest = lots.indices.max(by: { (lots[$0].day, $0) < (lots[$1].day, $1) }) {
      let part = min(left, lots[newest].points)
      left -= part
      lots[newest].points -= part
      if lots[newest].points == 0 { lots.remove(at: newest) }
    }
    if short == .forgive { return left }
    owed += left
    return 0
  }

  /// Loses what is gone on the day, or before it: how many on which day.
  mutating func expire(by day: Int32) -> [(day: Int32, points: Int64)] {
    let gone = lots.prefix { $0.gone <= day }
    lots.removeFirst(gone.count)
    return gone.map { ($0.gone, $0.points) }
  }

  /// The first day on which points of a day are gone.
  private func gone(_ day: Int32) -> Int32 {
    guard let expiry else { return .max }
    let date = CalendarDate(day: day)
    if expiry.counted == .monthEnd { return date.startOfMonth(adding: expiry.months + 1).day }
    let (year, month, dayOfMonth) = date.startOfMonth(adding: expiry.months).civil
    let length = CalendarDate.daysInMonth(month, of: year)
    let wanted = min(date.civil.day, length)
    return date.startOfMonth(adding: expiry.months).day + Int32(wanted - dayOfMonth)
  }
}
