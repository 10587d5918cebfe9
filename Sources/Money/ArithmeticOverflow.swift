/// A result does not fit in the integers that hold exact amounts.
public struct ArithmeticOverflow: Error, Sendable, Hashable {
  /// Makes the error.
  public init() {}
}
