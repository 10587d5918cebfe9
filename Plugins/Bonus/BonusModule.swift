import JSONCore
import ModuleKit
import ModuleProtocol

/// The bonus module: pays for what was reached, by steps of a quota, by scorecards, milestones and ranking, from pools.
struct BonusModule: RewardModule {
  var identity: ModuleIdentity {
    ModuleIdentity(
      id: "bonus", version: "0.1.0",
      summary: "pays for what was reached: steps of a quota, scorecards, milestones, ranking, pools",
      configSchema: (try? JSONValue(parsing: ConfigSchema.text)) ?? .bool(true))
  }

  private static let kinds = ["scorecard", "milestones", "ranking", "pool"]

  func component(
    config: JSONValue, context: ComponentContext
  ) throws(ConfigFaults) -> any RewardComponent {
    let reader = ConfigReader(config)
    var terms = BonusReader(context: context)
    let bonus: (any RewardComponent)? =
      switch Self.kinds.first(where: { reader[$0].exists }) {
      case "scorecard": terms.scorecard(reader).map { Scorecard(terms: $0, places: context.places) }
      case "milestones": terms.milestones(reader)
      case "ranking": terms.ranking(reader).map { RankingBonus(terms: $0, places: context.places) }
      case "pool": terms.pool(reader).map { Pool(terms: $0, places: context.places) }
      default: terms.quota(reader).map { QuotaBonus(terms: $0, places: context.places) }
      }
    guard let bonus, terms.faults.isEmpty else { throw ConfigFaults(terms.faults) }
    return bonus
  }
}

@main
struct Main {
  static func main() { ModuleRunner.run(BonusModule()) }
}
