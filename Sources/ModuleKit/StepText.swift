public import Money

/// Writes figures the way people read them, for the words of an explanation.
public enum StepText {
  /// An amount with thousands separators and at least two digits after the point, if it has any: `-1,234.50`.
  public static func amount(_ value: ExactDecimal) -> String {
    let short = value.normalized
    let padded = try? short.rescaled(to: 2, rounding: .halfEven)
    let shown =
      value.scale >= 2 && short.scale < 2
      ? padded.map { ExactDecimal(coefficient: $0, scale: 2) } ?? short : short
    return shown.grouped
  }

  /// A fraction as a percentage: 0.075 is `7.5%`.
  public static func percent(_ value: ExactDecimal) -> String {
    let short = value.normalized
    if short.scale >= 2 {
      return ExactDecimal(coefficient: short.coefficient, scale: short.scale - 2).description + "%"
    }
    let factor: Int128 = short.scale == 1 ? 10 : 100
    return (short.coefficient * factor).description + "%"
  }
}
