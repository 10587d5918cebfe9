import JSONCore
import ModuleKit
import ModuleProtocol

/// The commission module: pays a share of what was sold.
struct CommissionModule: RewardModule {
  var identity: ModuleIdentity {
    ModuleIdentity(
      id: "commission", version: "0.1.0", summary: "pays a share of what was sold",
      configSchema: (try? JSONValue(parsing: ConfigSchema.text)) ?? .bool(true))
  }

  func component(
    config: JSONValue, context: ComponentContext
  ) throws(ConfigFaults) -> any RewardComponent {
    CommissionComponent(terms: try TermsReader.read(config, context))
  }
}

@main
struct Main {
  static func main() { ModuleRunner.run(CommissionModule()) }
}
