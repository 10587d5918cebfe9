import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// How units are settled, and by which rates.
extension TermsReader {
  /// A settlement when units vest, or with `atExercise` when they are exercised.
  mutating func settlement(_ reader: ConfigReader, _ instrument: Terms.Instrument, atExercise: Bool)
    -> Settlement?
  {
    let how = reader["how"].word(
      Settlement.How.self,
      asking: atExercise ? "how exercised units are settled" : "how vested units are settled",
      &faults)
    let tax = tax(reader["tax"])
    enum Fractions: String, CaseIterable { case up, down }
    var fractions: Fractions? = .up
    if how == .sellToCover || how == .net {
      fractions = reader["fraction"].word(
        Fractions.self, asking: "how the units taken for tax are rounded", &faults)
    }
    if case .none = tax, !atExercise, let how, how != .cash {
      faults.append(reader.fault("the rate of tax is wanted", help: "write `tax: 30%`"))
    }
    var value = Settlement.Value.market
    if instrument == .restrictedStock, !atExercise {
      value =
        reader["value"].word(
          Settlement.Value.self,
          asking: "whether tax is on the market price of the day, or on its mean with that of the grant",
          &faults)
        ?? value
    }
    guard let how else { return nil }
    return Settlement(
      how: how, tax: tax, isRoundedUp: fractions == .up, value: value, pointer: reader.pointer.description)
  }

  private mutating func tax(_ reader: ConfigReader) -> Tax {
    guard reader.exists else { return .none }
    if let column = reader["column"].value?.string { return .column(column) }
    if reader["brackets"].exists { return brackets(reader).map { .brackets($0) } ?? .none }
    guard let rate = fraction(reader) else { return .none }
    if rate > .one { faults.append(reader.fault("a share of at most 100% is wanted here")) }
    return .rate(rate)
  }

  private mutating func brackets(_ reader: ConfigReader) -> TaxBrackets? {
    let over = reader["over"].word(
      TaxBrackets.Over.self,
      asking: "whether the brackets hold for all of a calendar year or for each payment", &faults)
    var brackets: [TaxBrackets.Bracket] = []
    for item in reader["brackets"].items(&faults) {
      guard let above = fraction(item["above"]), let rate = fraction(item["rate"]) else { continue }
      if rate > .one { faults.append(item["rate"].fault("a share of at most 100% is wanted here")) }
      if let last = brackets.last, above <= last.above {
        faults.append(item["above"].fault("the brackets must ascend"))
      }
      brackets.append(TaxBrackets.Bracket(above: above, rate: rate))
    }
    if brackets.isEmpty { faults.append(reader["brackets"].fault("at least one bracket is wanted")) }
    return over.map { TaxBrackets(brackets: brackets, over: $0) }
  }
}
