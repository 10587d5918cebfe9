import JSONCore
import ModuleKit
import ModuleProtocol
import Money

struct FixedModule: RewardModule {
  let identity = ModuleIdentity(
    id: "fixed", version: "1.0.0", summary: "pays the same for every line",
    configSchema: ["type": "object", "required": ["amount"], "properties": ["amount": ["type": "number"]]])

  func component(config: JSONValue, context: ComponentContext) throws(ConfigFaults) -> any RewardComponent {
    var faults: [ConfigFault] = []
    let amount = ConfigReader(config)["amount"].decimal(&faults)
    guard let amount, let cents = try? amount.rescaled(to: context.places, rounding: .halfEven) else {
      throw ConfigFaults(faults)
    }
    return FixedComponent(cents: Int64(cents), places: context.places)
  }
}

struct FixedComponent: RewardComponent {
  let cents: Int64
  let places: Int
  var needs: ColumnNeeds { ColumnNeeds() }
  var gives: ColumnGifts { ColumnGifts(places: places) }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    var lines = Frame(count: batch.lines.count)
    lines.append(
      FrameColumn(
        name: "earned", values: .decimal(Array(repeating: cents, count: lines.count), places: places)))
    var periods = Frame(count: batch.periods.count)
    periods.append(
      FrameColumn(
        name: "adjustment", values: .decimal(Array(repeating: 0, count: periods.count), places: places)))
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    let step = Step("fixed", ExactDecimal(coefficient: Int128(cents), scale: places), at: "/amount")
    return Explanation(
      lines: Array(repeating: [step], count: batch.lines.count),
      periods: Array(repeating: [], count: batch.periods.count))
  }
}

@main
struct Main {
  static func main() { ModuleRunner.run(FixedModule()) }
}
