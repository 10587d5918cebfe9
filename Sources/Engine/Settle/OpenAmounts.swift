/// What is open between a payee and a step: what they owe, or what is held for them, each part from a day on.
struct OpenAmounts {
  /// In the order of their days; no two of one day, none of zero.
  private(set) var parts: [(due: Int32, amount: Int128)] = []

  /// The day of what is open at once.
  static let atOnce = Int32.min

  var sum: Int128 { parts.reduce(0) { $0 + $1.amount } }

  /// What is open by a day, that day included.
  func sum(by day: Int32) -> Int128 { parts.reduce(0) { $1.due <= day ? $0 + $1.amount : $0 } }

  mutating func add(_ amount: Int128, due: Int32 = atOnce) {
    if amount == 0 { return }
    let place = parts.firstIndex { $0.due >= due } ?? parts.endIndex
    if place < parts.endIndex, parts[place].due == due {
      parts[place].amount += amount
      if parts[place].amount == 0 { parts.remove(at: place) }
    } else {
      parts.insert((due, amount), at: place)
    }
  }

  /// Takes an amount off what is open by a day, the oldest part first; it must not be more than that.
  mutating func take(_ amount: Int128, by day: Int32) {
    var left = amount
    for place in parts.indices where left > 0 && parts[place].due <= day {
      let part = min(left, parts[place].amount)
      parts[place].amount -= part
      left -= part
    }
    parts.removeAll { $0.amount == 0 }
  }

  /// Sets an amount off against all parts, the oldest first, and returns what was more than they came to.
  mutating func setOff(_ amount: Int128) -> Int128 {
    let part = min(amount, max(0, sum))
    take(part, by: .max)
    return amount - part
  }

  /// Removes what is open by a day, and returns it.
  mutating func removed(by day: Int32) -> [(due: Int32, amount: Int128)] {
    let gone = parts.filter { $0.due <= day }
    parts.removeAll { $0.due <= day }
    return gone
  }
}
