import Glibc
import JSONCore
import ModuleKit
import ModuleProtocol

/// The equity module: grants of units that vest over time, by events and by results.
struct EquityModule: RewardModule {
  var identity: ModuleIdentity {
    ModuleIdentity(
      id: "equity", version: "0.1.0",
      summary:
        "grants that vest over years: options, restricted stock, RSUs, phantom units, SARs, profit units",
      configSchema: (try? JSONValue(parsing: ConfigSchema.text)) ?? .bool(true))
  }

  func component(
    config: JSONValue, context: ComponentContext
  ) throws(ConfigFaults) -> any RewardComponent {
    try EquityComponent(terms: try TermsReader.read(config, context), context: context)
  }
}

@main
struct Main {
  static func main() {
    if let code = OCFCommand.run(Array(CommandLine.arguments.dropFirst())) { exit(code) }
    ModuleRunner.run(EquityModule())
  }
}
