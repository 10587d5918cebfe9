import JSONCore
import ModuleKit
import ModuleProtocol

/// The contests module: pays prizes to the best of a field.
struct ContestsModule: RewardModule {
  var identity: ModuleIdentity {
    ModuleIdentity(
      id: "contests", version: "0.1.0",
      summary: "pays prizes to the best of a field: places, top shares, thresholds, duels, leagues, raffles",
      configSchema: (try? JSONValue(parsing: ConfigSchema.text)) ?? .bool(true))
  }

  func component(
    config: JSONValue, context: ComponentContext
  ) throws(ConfigFaults) -> any RewardComponent {
    Contest(terms: try TermsReader.read(config, context), places: context.places)
  }
}

@main
struct Main {
  static func main() { ModuleRunner.run(ContestsModule()) }
}
