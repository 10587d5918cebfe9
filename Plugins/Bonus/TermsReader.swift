import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms from a component's config, and asks for whatever they leave open.
struct TermsReader {
  private let context: ComponentContext
  private var faults: [ConfigFault] = []

  static func read(_ config: JSONValue, _ context: ComponentContext) throws(ConfigFaults) -> Terms {
    var reader = TermsReader(context: context)
    let terms = reader.terms(ConfigReader(config))
    guard let terms, reader.faults.isEmpty else { throw ConfigFaults(reader.faults) }
    return terms
  }

  private init(context: ComponentContext) { self.context = context }

  private mutating func terms(_ config: ConfigReader) -> Terms? {
    if !context.hasQuota {
      faults.append(
        config.fault(
          "a bonus looks at the attainment of a measure, and there is none",
          help: "name a measure with a quota as `measure` of the component"))
    }
    let steps = steps(config["steps"])
    let paid = config["paid"].word(Terms.Payment.self, asking: "when the bonus is paid", &faults)
    var fallen = Terms.Fallen.keep
    if paid == .whenReached {
      fallen =
        config["fallen"].word(
          Terms.Fallen.self, asking: "what becomes of a bonus when the attainment falls below its step",
          &faults) ?? fallen
    } else if config["fallen"].exists {
      faults.append(
        config["fallen"].fault("a bonus paid at the end of a window cannot fall", help: "remove `fallen`"))
    }
    guard let paid, !steps.isEmpty else { return nil }
    return Terms(steps: steps, paid: paid, fallen: fallen)
  }

  private mutating func steps(_ reader: ConfigReader) -> [Terms.Step] {
    let items = reader.items(&faults)
    if items.isEmpty { faults.append(reader.fault("at least one step is wanted")) }
    var steps: [Terms.Step] = []
    for item in items {
      let atLeast = item["at_least"].decimal(&faults)
      let amount = amount(item["amount"])
      guard let atLeast, let amount else { continue }
      if let before = steps.last, atLeast <= before.atLeast {
        faults.append(item["at_least"].fault("the attainments of the steps must ascend"))
      }
      steps.append(
        Terms.Step(
          atLeast: atLeast, amount: amount, pointer: item.pointer.appending("amount").description))
    }
    return steps
  }

  /// An amount that the currency can pay, to the minor unit.
  private mutating func amount(_ reader: ConfigReader) -> Int64? {
    guard let value = reader.decimal(&faults) else { return nil }
    guard value.scale <= context.places, let cents = try? value.rescaled(to: context.places, rounding: .down),
      let amount = Int64(exactly: cents)
    else {
      faults.append(
        reader.fault(
          "\(context.currency) cannot pay this amount, it has \(context.places) digits after the point"))
      return nil
    }
    return amount
  }
}
