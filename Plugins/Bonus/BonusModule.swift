import JSONCore
import ModuleKit
import ModuleProtocol

/// The bonus module: pays fixed amounts for what was reached.
struct BonusModule: RewardModule {
  var identity: ModuleIdentity {
    ModuleIdentity(
      id: "bonus", version: "0.1.0", summary: "pays fixed amounts for what was reached",
      configSchema: (try? JSONValue(parsing: ConfigSchema.text)) ?? .bool(true))
  }

  func component(
    config: JSONValue, context: ComponentContext
  ) throws(ConfigFaults) -> any RewardComponent {
    QuotaBonus(terms: try TermsReader.read(config, context), places: context.places)
  }
}

@main
struct Main {
  static func main() { ModuleRunner.run(BonusModule()) }
}
