import JSONCore
import ModuleKit
import ModuleProtocol

/// The module of rewards that are no cash: accounts of points, and gifts.
struct NonCashModule: RewardModule {
  var identity: ModuleIdentity {
    ModuleIdentity(
      id: "noncash", version: "0.1.0",
      summary:
        "keeps accounts of points, and gives gifts: earning, expiry, redemption, stock, fair value, tax gross-up",
      configSchema: (try? JSONValue(parsing: ConfigSchema.text)) ?? .bool(true))
  }

  func component(
    config: JSONValue, context: ComponentContext
  ) throws(ConfigFaults) -> any RewardComponent {
    var reader = TermsReader(context: context)
    let config = ConfigReader(config)
    switch (config["account"].exists, config["gifts"].exists) {
    case (true, false):
      let account = reader.account(config["account"])
      let terms = try ConfigFaults.none(in: reader.faults, of: account)
      return Account(terms: terms, places: context.places, currency: context.currency)
    case (false, true):
      let gifts = reader.gifts(config["gifts"])
      return Gifts(terms: try ConfigFaults.none(in: reader.faults, of: gifts), places: context.places)
    default:
      throw ConfigFaults([
        config.fault(
          "one of `account` and `gifts` is wanted here",
          help: "an `account` of points, or `gifts`; write a component for each")
      ])
    }
  }
}

@main
struct Main {
  static func main() { ModuleRunner.run(NonCashModule()) }
}
