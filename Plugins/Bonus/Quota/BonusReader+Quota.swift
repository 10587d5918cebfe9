import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms of a quota bonus.
extension BonusReader {
  mutating func quota(_ config: ConfigReader) -> QuotaTerms? {
    refuseOthers(
      config,
      but: [
        "steps", "target", "between", "above", "paid", "fallen", "multipliers", "ramp", "prorate",
        "guarantee",
        "round",
      ])
    let target = config["target"].exists ? target(config["target"]) : nil
    let (points, isValue) = steps(config["steps"], hasTarget: config["target"].exists)
    let curve = quotaCurve(config, points)
    if !context.hasMeasure || (!isValue && !context.hasQuota) {
      faults.append(
        config.fault(
          isValue
            ? "a bonus looks at the figure of a measure, and there is none"
            : "a bonus looks at the attainment of a measure, and there is none",
          help: isValue
            ? "name it as `measure` of the component"
            : "name a measure with a quota as `measure` of the component"))
    }
    let paid = config["paid"].word(Payment.self, asking: "when the bonus is paid", &faults)
    var fallen = QuotaTerms.Fallen.keep
    if paid == .whenReached {
      fallen =
        config["fallen"].word(
          QuotaTerms.Fallen.self, asking: "what becomes of a bonus when the attainment falls below its step",
          &faults) ?? fallen
      for key in ["prorate", "guarantee"] where config[key].exists {
        faults.append(
          config[key].fault(
            "how many days of a window were active, and what is still missing, is known at its end",
            help: "write `paid: window-end`"))
      }
    } else {
      // What a window's end pays is paid once: nothing was before that could fall.
      fallen = .takeBack
      if config["fallen"].exists {
        faults.append(
          config["fallen"].fault("a bonus paid at the end of a window cannot fall", help: "remove `fallen`"))
      }
    }
    let scaling = scaling(config)
    let guarantee = guarantee(config["guarantee"], hasTarget: config["target"].exists)
    let rounding = rounding(config)
    guard let paid, !points.isEmpty else { return nil }
    return QuotaTerms(
      figure: BonusFigure(kind: isValue ? .value(nil) : .attainment(nil), pointer: "/steps"), curve: curve,
      target: target, paid: paid, fallen: fallen, scaling: scaling, guarantee: guarantee, rounding: rounding)
  }

  /// `{at_least, amount}`, `{at_least, pays}` or the same with `value` for a figure that is no share.
  private mutating func steps(
    _ reader: ConfigReader, hasTarget: Bool
  ) -> (points: [Curve.Point], isValue: Bool) {
    let items = reader.items(&faults)
    if items.isEmpty { faults.append(reader.fault("at least one step is wanted")) }
    let isValue = items.first.map { $0["value"].exists } ?? false
    var points: [Curve.Point] = []
    for item in items {
      let key = isValue ? "value" : "at_least"
      if item[isValue ? "at_least" : "value"].exists {
        faults.append(
          item.fault("the steps look at the attainment, `at_least`, or all of them at the `value`"))
        continue
      }
      let at = item[key].decimal(&faults)
      let pays = hasTarget ? share(item["pays"]) : amount(item["amount"])
      if item[hasTarget ? "amount" : "pays"].exists {
        faults.append(
          hasTarget
            ? item["amount"].fault("with a `target` a step pays a share of it", help: "write `pays: 50%`")
            : item["pays"].fault(
              "there is no `target` that it is a share of", help: "state `target`, or `amount`"))
      }
      guard let at, let pays else { continue }
      if let before = points.last, at <= before.at {
        faults.append(item[key].fault("the \(isValue ? "figures" : "attainments") of the steps must ascend"))
      }
      let pointer = item.pointer.appending(hasTarget ? "pays" : "amount").description
      points.append(Curve.Point(at: at, pays: pays, pointer: pointer))
    }
    return (points, isValue)
  }

  private mutating func quotaCurve(_ config: ConfigReader, _ points: [Curve.Point]) -> Curve {
    var curve = Curve(points: points)
    // Amounts are steps unless it is said otherwise; shares of a target are as often on a line, and so it is asked.
    if config["between"].exists || config["target"].exists {
      curve.between =
        config["between"].word(
          Curve.Between.self, asking: "what is paid between two steps, as the lower one says or on the line",
          &faults) ?? .step
    }
    if curve.between == .linear {
      curve.above =
        config["above"].word(
          Curve.Above.self, asking: "what is paid above the last step, no more, or on along the last line",
          &faults) ?? .hold
      if points.count < 2 {
        faults.append(config["between"].fault("a line has two ends: at least two steps are wanted"))
      }
    } else if config["above"].exists {
      faults.append(config["above"].fault("above the last step nothing more is paid", help: "remove `above`"))
    }
    return curve
  }
}
