import ModuleProtocol
import Money
import PlanCalendar

/// The terms of an equity component.
struct Terms {
  enum Instrument: String, CaseIterable {
    case rsu, option, phantom, sar
    case restrictedStock = "restricted-stock"
    case profitUnits = "profit-units"

    /// Whether it is a right that is exercised.
    var isExercised: Bool { self == .option || self == .sar }
  }

  /// When installments vest whose day comes before that of the grant.
  enum BeforeGrant: String, CaseIterable {
    case onGrantDate = "on-grant-date"
    case asScheduled = "as-scheduled"
  }

  let instrument: Instrument
  /// What units are called: `options`.
  let unit: String
  /// Digits after the point of units.
  let unitPlaces: Int
  let grants: TableRef
  let vesting: [VestingTerms]
  let beforeGrant: BeforeGrant
  var events: TableRef?
  var prices: TableRef?
  var performance: Performance?
  var acceleration: [Acceleration] = []
  var leavers: Leavers?
  var leaves: Leaves?
  var exercises: TableRef?
  /// How units are settled when they vest.
  var settlement: Settlement?
  /// How they are settled when they are exercised.
  var exerciseSettlement: Settlement?
  var recorded: [RecordedAcceleration] = []
  var cancellations: Cancellations?
  /// The time after the grant within which it must be accepted.
  var acceptance: Length?
  var dividends: Dividends?
  /// The value of options first exercisable in a year, at their grant, up to which they are incentive stock options.
  var isoLimit: Fraction?
  /// How long after leaving an option can be exercised as an incentive stock option.
  var isoWindow: Length?
  var profit: ProfitPool?
  var expense: Expense?
  /// Whether the rules for companies listed in mainland China hold.
  var isAShare = false
  var priceFloor: PriceFloor?

  /// Whether the component pays money rather than units.
  var paysMoney: Bool {
    instrument == .profitUnits || settlement?.how == .cash
      || instrument == .sar && exerciseSettlement?.how == .cash
  }

  /// Whether incentive stock options are told from others.
  var partsISO: Bool { instrument == .option && (isoLimit != nil || grants.has("kind")) }

  /// Whether what has vested is held until it is exercised or lapses.
  var isHeld: Bool { instrument.isExercised && settlement == nil }

  /// All tables that are read.
  var tables: [TableRef] {
    ([
      grants, expense?.estimates, events, prices, exercises, leavers?.table, leaves?.table, dividends?.table,
      profit?.table, cancellations?.table, priceFloor?.table,
    ]
    .compactMap { $0 }) + recorded.map(\.table) + (performance?.factors.map(\.table) ?? [])
  }
}

/// A length of time after a day.
enum Length {
  case days(Int)
  case months(Int)

  func after(_ day: CalendarDate) -> CalendarDate {
    switch self {
    case .days(let count): day.adding(days: count)
    case .months(let count): day.adding(months: count)
    }
  }

  var text: String {
    switch self {
    case .days(let count): "\(count) days"
    case .months(let count): "\(count) months"
    }
  }
}

/// How time is measured where a part of it is paid.
enum TimeBase: String, CaseIterable {
  case days, months

  /// The part of the time from `start` to `end` that has passed on `day`, from 0 to 1; by months, whole ones only.
  ///
  /// Worked number: from 1 January to 31 December of 2026, on 1 April: 90/364 by days, 3/11 by months.
  func passed(_ start: CalendarDate, _ day: CalendarDate, _ end: CalendarDate) -> Fraction {
    if day >= end || start >= end { return day >= end ? .one : .zero }
    if day <= start { return .zero }
    switch self {
    case .days: return Fraction(Int128(day.day - start.day), over: Int128(end.day - start.day))
    case .months:
      let whole = start.months(to: end)
      return whole == 0 ? .zero : min(.one, Fraction(Int128(start.months(to: day)), over: Int128(whole)))
    }
  }
}

/// Factors on what a tranche vests: results of the company, of the person.
struct Performance {
  /// From a result to a factor.
  enum Scale {
    /// The result is the factor.
    case factor
    /// A factor for each grade.
    case grades([String: Fraction])
    /// Points between which is interpolated, or whose last reached one counts; the last caps it.
    case points([Point], isStepped: Bool, below: Fraction)
  }

  struct Point {
    let at: Fraction
    let pays: Fraction
  }

  enum Missing: String, CaseIterable { case full, nothing, fault }

  struct Factor {
    let table: TableRef
    let scale: Scale
    let missing: Missing
  }

  enum Missed: String, CaseIterable {
    case forfeit, repurchase
    case carryForward = "carry-forward"
  }

  enum Rounding: String, CaseIterable {
    case down, up
    case halfUp = "half-up"

    var mode: RoundingMode { self == .down ? .down : self == .up ? .up : .halfUp }
  }

  let factors: [Factor]
  let cap: Fraction?
  let fraction: Rounding
  let missed: Missed
  let price: RepurchasePrice?
}

/// What a repurchased unit is paid.
enum RepurchasePrice {
  /// What was paid for it.
  case cost
  case market
  /// The lower of the two.
  case lower
  /// What was paid, with simple interest by days over 365.
  case costPlusInterest(Fraction)
  /// So much.
  case fixed(Fraction)
}

/// What makes units vest before their time.
struct Acceleration {
  enum From: String, CaseIterable { case each, next, last }

  /// The reasons for leaving that are the second trigger, and how long after and before the event they count.
  struct Second {
    let reasons: [String]
    let within: Length
    let before: Length
  }

  let event: String
  let second: Second?
  let share: Fraction
  let from: From
  let pointer: String
}

/// Units that a table says have vested before their time.
struct RecordedAcceleration {
  let table: TableRef
  let from: Acceleration.From
  let pointer: String
}

/// Units that a table says have been taken back.
struct Cancellations {
  /// Which units go first.
  enum From: String, CaseIterable { case unvested, vested }

  /// What becomes of the cost of unvested units: given back as when they are forfeited, or borne at once.
  enum Cost: String, CaseIterable { case reverse, accelerate }

  let table: TableRef
  let from: From
  let cost: Cost
}

/// What becomes of units when their holder leaves.
struct Leavers {
  enum Unvested: String, CaseIterable {
    case forfeit, keep, vest, repurchase
    case proRata = "pro-rata"
    case serviceCredit = "service-credit"
  }

  enum Vested: String, CaseIterable { case keep, forfeit, repurchase }

  enum Of: String, CaseIterable { case grant, tranche }

  struct Rule {
    let unvested: Unvested
    let vested: Vested
    /// How long vested options can still be exercised.
    let window: Length?
    let price: RepurchasePrice?
    let of: Of
    let by: TimeBase
    /// The service that is credited.
    let credit: Length?
    let pointer: String
  }

  let table: TableRef
  let rules: [String: Rule]
}

/// Time away that does not count as service.
struct Leaves {
  enum Counted: String, CaseIterable { case all, excess }

  let table: TableRef
  /// Leaves of up to so many days change nothing.
  let longerThan: Int
  let counted: Counted
  /// Whether later tranches move by days or by whole calendar months.
  let by: TimeBase
}

/// What is paid on units that have not vested when a dividend is.
struct Dividends {
  enum Pay: String, CaseIterable {
    case now, reinvest
    case atVesting = "at-vesting"
  }

  let table: TableRef
  let pay: Pay
}

/// A share of profit, divided among the holders of units.
struct ProfitPool {
  enum Units: String, CaseIterable { case vested, granted }

  let table: TableRef
  let rate: Fraction
  let units: Units
  /// The column of the payee with a factor on their units.
  let coefficient: String?
  /// All units that divide the pool; nil for those of the holders.
  let total: Fraction?
  let pointer: String
}

/// How the cost of grants is spread over the service that earns them.
struct Expense {
  enum Method: String, CaseIterable {
    case straightLine = "straight-line"
    case graded
    case ifrs2 = "ifrs-2"
    case cas11 = "cas-11"
    case cashSettled = "cash-settled"
  }

  enum Forfeitures {
    case asTheyOccur
    /// The share that is expected not to vest.
    case estimate(Fraction, perYear: Bool)
    /// The share of all units that is expected not to vest, as it was last estimated by the end of a period.
    case table(TableRef)
  }

  enum Service: String, CaseIterable { case grant, start }

  let method: Method
  let by: TimeBase
  let from: Service
  let forfeitures: Forfeitures
  let pointer: String

  /// The table of estimates of what will not vest, where there is one.
  var estimates: TableRef? { if case .table(let ref) = forfeitures { ref } else { nil } }
}
