public import JSONCore
public import ModuleProtocol

/// A program that computes components of pay: say who you are, and read a component's terms.
///
/// A module is an executable whose `main` calls `ModuleRunner.run(MyModule())`.
public protocol RewardModule {
  /// Who the module is.
  var identity: ModuleIdentity { get }

  /// Reads the terms of a component; throws every fault that it finds.
  func component(config: JSONValue, context: ComponentContext) throws(ConfigFaults) -> any RewardComponent
}

/// What a component can know of the plan around it.
public struct ComponentContext: Sendable {
  /// The component's name in the plan.
  public let name: String
  /// The code of the plan's currency.
  public let currency: String
  /// The digits after the point of an amount in the currency's minor unit.
  public let places: Int
  /// The component's measure, of which `value`, `quota` and `window` can be had; nil when it has none.
  public let measure: Measure?

  /// What a component can know of its measure.
  public struct Measure: Sendable {
    /// The measure's name in the plan.
    public let name: String
    /// Whether it has a quota.
    public let hasQuota: Bool
    /// Whether it is a sum of amounts that holds all those that the component pays on, so that a share of its quota
    /// is a place on the way that these amounts add up to.
    public let sumsLines: Bool
    /// Whether it may hold more than the component pays on.
    ///
    /// The lines then do not begin where the measure does: their column `measure.before` tells what it had come to
    /// before each.
    public let holdsMore: Bool

    /// What is known of a measure.
    public init(name: String, hasQuota: Bool, sumsLines: Bool = true, holdsMore: Bool = false) {
      self.name = name
      self.hasQuota = hasQuota
      self.sumsLines = sumsLines
      self.holdsMore = holdsMore
    }
  }

  /// Whether the component has a measure.
  public var hasMeasure: Bool { measure != nil }
  /// Whether the component has a measure with a quota.
  public var hasQuota: Bool { measure?.hasQuota ?? false }

  /// A context.
  public init(name: String, currency: String, places: Int, measure: Measure?) {
    self.name = name
    self.currency = currency
    self.places = places
    self.measure = measure
  }
}

/// All that is wrong with a component's terms.
public struct ConfigFaults: Error, Sendable {
  /// The faults, at least one.
  public let faults: [ConfigFault]

  /// Faults.
  public init(_ faults: [ConfigFault]) { self.faults = faults }
}

/// A component whose terms have been read.
public protocol RewardComponent {
  /// The columns that it reads.
  var needs: ColumnNeeds { get }
  /// The columns that it gives.
  var gives: ColumnGifts { get }

  /// What each line earns and each period adds. Pure: the same batch gives the same earnings.
  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings

  /// The steps that add up to each figure that `calculate` gives for the batch.
  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation
}

/// Why a batch cannot be computed.
public struct CalculationFault: Error, Sendable {
  /// What went wrong, for people; lower-case start, no full stop.
  public let message: String
  /// The rows of the batch that it is about, the one to mend first: people are told their files and lines.
  public let rows: [BatchPlace]
  /// How to mend it.
  public let help: String?

  /// A fault.
  public init(_ message: String, at rows: [BatchPlace] = [], help: String? = nil) {
    self.message = message
    self.rows = rows
    self.help = help
  }
}
