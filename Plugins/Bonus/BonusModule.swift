import JSONCore
import ModuleKit
import ModuleProtocol

/// The bonus module: pays for what was reached, by steps of a quota, by scorecards, from pools.
struct BonusModule: RewardModule {
  var identity: ModuleIdentity {
    ModuleIdentity(
      id: "bonus", version: "0.1.0",
      summary: "pays for what was reached: steps of a quota, scorecards, pools",
      configSchema: (try? JSONValue(parsing: ConfigSchema.text)) ?? .bool(true))
  }

  func component(
    config: JSONValue, context: ComponentContext
  ) throws(ConfigFaults) -> any RewardComponent {
    let reader = ConfigReader(config)
    var terms = ScorecardReader(context: context)
    switch (reader["scorecard"].exists, reader["pool"].exists) {
    case (false, false):
      return QuotaBonus(terms: try TermsReader.read(config, context), places: context.places)
    case (true, false):
      let scorecard = terms.scorecard(reader)
      guard let scorecard, terms.faults.isEmpty else { throw ConfigFaults(terms.faults) }
      return Scorecard(terms: scorecard, places: context.places)
    case (false, true):
      let pool = terms.pool(reader)
      guard let pool, terms.faults.isEmpty else { throw ConfigFaults(terms.faults) }
      return Pool(terms: pool, places: context.places)
    case (true, true):
      throw ConfigFaults([reader["pool"].fault("a scorecard and a pool are two components")])
    }
  }
}

@main
struct Main {
  static func main() { ModuleRunner.run(BonusModule()) }
}
