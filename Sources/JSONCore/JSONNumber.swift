public import Money

/// A JSON number that keeps the digits it was written with.
public struct JSONNumber: Sendable, Hashable {
  private enum Storage: Sendable {
    case whole(Int64)
    case text(String)
  }

  private let storage: Storage

  /// A whole number.
  public init(_ value: Int) { storage = .whole(Int64(value)) }

  /// An exact number, written in plain digits.
  public init(_ value: ExactDecimal) {
    if value.scale == 0, let whole = Int64(exactly: value.coefficient) {
      storage = .whole(whole)
    } else {
      storage = .text(value.description)
    }
  }

  /// A number from text that is known to follow the grammar of JSON.
  init(grammatical text: String) { storage = .text(text) }

  /// The number, when it is kept as a whole one.
  var whole: Int64? { if case .whole(let value) = storage { value } else { nil } }

  /// The digits as they are written.
  public var text: String {
    switch storage {
    case .whole(let value): String(value)
    case .text(let text): text
    }
  }

  /// The exact value, or nil when it has more than 38 digits.
  public var decimal: ExactDecimal? {
    switch storage {
    case .whole(let value): ExactDecimal(value)
    case .text(let text): ExactDecimal(text)
    }
  }

  /// The value if it is whole and fits: 42, 42.0 and 4.2e1 are all 42.
  public var int: Int? {
    switch storage {
    case .whole(let value): return Int(value)
    case .text:
      guard let short = decimal?.normalized, short.scale == 0 else { return nil }
      return Int(exactly: short.coefficient)
    }
  }

  /// Whether the numbers are equal, however written.
  public static func == (left: Self, right: Self) -> Bool {
    if case .whole(let a) = left.storage, case .whole(let b) = right.storage { return a == b }
    if let a = left.decimal, let b = right.decimal { return a == b }
    return left.text == right.text
  }

  /// Feeds the value to the hasher.
  public func hash(into hasher: inout Hasher) {
    if let decimal { hasher.combine(decimal) } else { hasher.combine(text) }
  }
}
