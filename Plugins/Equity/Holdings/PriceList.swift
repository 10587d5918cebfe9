import ModuleKit
import ModuleProtocol
import PlanCalendar

/// Prices by day; each holds until the next one.
struct PriceList {
  private let entries: [(day: CalendarDate, price: Fraction)]

  init() { entries = [] }

  init(days: [CalendarDate?], prices: [Fraction?]) {
    var entries: [(day: CalendarDate, price: Fraction)] = []
    for (day, price) in zip(days, prices) {
      if let day, let price { entries.append((day, price)) }
    }
    self.entries = entries.sorted { ($0.day, $0.price) < ($1.day, $1.price) }
  }

  /// The last price on or before a day.
  func price(on day: CalendarDate) -> Fraction? {
    let after = entries.partitioningIndex { $0.day > day }
    return after == 0 ? nil : entries[after - 1].price
  }

  /// The price of a day; a fault when there is none yet, told at the row that asks for it.
  func wanted(on day: CalendarDate, at place: BatchPlace) throws(CalculationFault) -> Fraction {
    if let price = price(on: day) { return price }
    throw CalculationFault(
      "there is no price for \(day), nor any before it", at: [place],
      help: "add a price of that day or an earlier one to the table of prices")
  }
}

extension Array {
  /// The first place whose element, and all after it, belong to the second part.
  fileprivate func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
