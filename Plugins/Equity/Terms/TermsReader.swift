import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms from a component's config, and asks for whatever they leave open.
struct TermsReader {
  let config: ConfigReader
  let context: ComponentContext
  var faults: [ConfigFault] = []

  static func read(_ config: JSONValue, _ context: ComponentContext) throws(ConfigFaults) -> Terms {
    var reader = TermsReader(config: ConfigReader(config), context: context)
    let terms = reader.terms()
    guard let terms, reader.faults.isEmpty else { throw ConfigFaults(reader.faults) }
    return terms
  }

  private init(config: ConfigReader, context: ComponentContext) {
    self.config = config
    self.context = context
  }

  private mutating func terms() -> Terms? {
    let instrument = config["instrument"].word(
      Terms.Instrument.self, asking: "what is granted", &faults)
    let grants = TableRef.read(
      config["grants"], person: true, ["id", "date", "units"],
      optional: [
        "start", "terms", "price", "fair_value", "market_value", "expires", "kind", "announced", "accepted",
      ], &faults)
    let vesting = vesting()
    guard let instrument, let grants else { return nil }
    var beforeGrant = Terms.BeforeGrant.onGrantDate
    if grants.has("start") {
      beforeGrant =
        config["before_grant"].word(
          Terms.BeforeGrant.self, asking: "when installments vest whose day comes before that of the grant",
          &faults) ?? beforeGrant
    }
    var terms = Terms(
      instrument: instrument, unit: config["unit"].value?.string ?? instrument.unit, unitPlaces: unitPlaces(),
      grants: grants, vesting: vesting, beforeGrant: beforeGrant)
    readTables(&terms)
    readRules(&terms)
    refuseConflicts(terms)
    return terms
  }

  private mutating func vesting() -> [VestingTerms] {
    let all = config["vesting"]
    guard let names = all.value?.object?.keys, !names.isEmpty else {
      faults.append(all.fault("vesting terms by name are wanted", help: "write `vesting: {standard: {…}}`"))
      return []
    }
    return names.compactMap { VestingReader.read(all[$0], name: $0, &faults) }
  }

  private mutating func unitPlaces() -> Int {
    guard config["unit_places"].exists else { return 0 }
    return whole(config["unit_places"], 0...6) ?? 0
  }

  private mutating func readTables(_ terms: inout Terms) {
    if config["events"].exists {
      terms.events = TableRef.read(config["events"], ["event", "date"], optional: ["grant"], &faults)
    }
    if config["prices"].exists {
      terms.prices = TableRef.read(
        config["prices"], ["date", "price"], optional: ["fair_value"], &faults)
    }
    if config["exercises"].exists {
      terms.exercises = TableRef.read(
        config["exercises"], person: true, ["grant", "date", "units"], &faults)
    }
    if config["cancellations"].exists { terms.cancellations = cancellations(config["cancellations"]) }
  }

  private mutating func readRules(_ terms: inout Terms) {
    if config["performance"].exists { terms.performance = performance(config["performance"]) }
    for item in config["acceleration"].items(&faults) {
      if item["table"].exists {
        if let recorded = recordedAcceleration(item) { terms.recorded.append(recorded) }
      } else if let rule = acceleration(item) {
        terms.acceleration.append(rule)
      }
    }
    if config["acceptance"].exists { terms.acceptance = length(config["acceptance"]) }
    if config["leavers"].exists { terms.leavers = leavers(config["leavers"]) }
    if config["leaves"].exists { terms.leaves = leaves(config["leaves"]) }
    if config["settlement"].exists {
      terms.settlement = settlement(config["settlement"], terms.instrument, atExercise: false)
    }
    let exercised = config["exercises"]["settlement"]
    if exercised.exists {
      terms.exerciseSettlement = settlement(exercised, terms.instrument, atExercise: true)
    }
    if config["dividends"].exists { terms.dividends = dividends(config["dividends"]) }
    if config["iso_limit"].exists {
      terms.isoLimit = config["iso_limit"].decimal(&faults).map { Fraction($0) }
    }
    if config["iso_window"].exists { terms.isoWindow = length(config["iso_window"]) }
    if config["profit"].exists { terms.profit = profit(config["profit"]) }
    if config["expense"].exists { terms.expense = expense(config["expense"]) }
    if config["rules"].exists { terms.isAShare = config["rules"].text(&faults) == "a-share" }
    if config["price_floor"].exists { terms.priceFloor = priceFloor(config["price_floor"], terms) }
  }

  // MARK: Values

  mutating func whole(_ reader: ConfigReader, _ range: ClosedRange<Int>) -> Int? {
    if let number = reader.value?.int, range.contains(number) { return number }
    faults.append(
      reader.fault("a whole number from \(range.lowerBound) to \(range.upperBound) is wanted here"))
    return nil
  }

  mutating func fraction(_ reader: ConfigReader, atLeast least: Fraction = .zero) -> Fraction? {
    guard let number = reader.decimal(&faults).map({ Fraction($0) }) else { return nil }
    if number < least { faults.append(reader.fault("a number of at least \(least.shown) is wanted here")) }
    return number
  }

  /// `{days: 90}` or `{months: 3}`.
  mutating func length(_ reader: ConfigReader) -> Length? {
    guard reader["days"].exists != reader["months"].exists else {
      faults.append(reader.fault("a length of time is wanted here, like `{months: 3}` or `{days: 90}`"))
      return nil
    }
    if reader["days"].exists { return whole(reader["days"], 0...36_525).map { .days($0) } }
    return whole(reader["months"], 0...1_200).map { .months($0) }
  }

  /// A price by its word, or `{cost-plus-interest: 3%}`.
  mutating func price(_ reader: ConfigReader, _ owner: ConfigReader) -> RepurchasePrice? {
    if reader["cost-plus-interest"].exists {
      return fraction(reader["cost-plus-interest"]).map { .costPlusInterest($0) }
    }
    enum Word: String, CaseIterable { case cost, market, lower }
    return reader.word(Word.self, asking: "what a repurchased unit is paid", &faults).map {
      switch $0 {
      case .cost: .cost
      case .market: .market
      case .lower: .lower
      }
    }
  }
}

extension Terms.Instrument {
  /// What its units are called.
  var unit: String {
    switch self {
    case .rsu: "RSUs"
    case .option: "options"
    case .restrictedStock: "shares"
    case .phantom: "phantom units"
    case .sar: "SARs"
    case .profitUnits: "profit units"
    }
  }
}
