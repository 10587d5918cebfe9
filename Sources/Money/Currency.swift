/// An ISO 4217 currency: its code and the digits of its minor unit.
public struct Currency: Sendable, Hashable {
  /// The three-letter code, `USD`.
  public let code: String
  /// The digits after the point of an amount in minor units: 2 for USD, 0 for JPY, 3 for KWD.
  public let places: Int

  /// The currency with this code, or nil when the code is not three capital letters.
  ///
  /// Source of the digits: ISO 4217, list one; every code that is not listed there with another number has 2.
  public init?(code: String) {
    guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else { return nil }
    self.code = code
    switch code {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
      "XAF",
      "XOF", "XPF":
      places = 0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": places = 3
    case "CLF", "UYW": places = 4
    default: places = 2
    }
  }
}
