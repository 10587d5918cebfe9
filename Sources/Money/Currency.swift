/// An ISO 4217 currency: its code and the digits of its minor unit.
public struct Currency: Sendable, Hashable {
  /// The three-letter code, `USD`.
  public let code: String
  /// The digits after the point of an amount in minor units: 2 for USD, 0 for JPY, 3 for KWD.
  public let places: Int

  /// The currency with this code, or nil when ISO 4217 knows none.
  public init?(code: String) {
    guard Self.codes.contains(code) else { return nil }
    self.code = code
    places = Self.otherPlaces[code] ?? 2
  }

  /// The codes that have another number of digits than 2, by ISO 4217, list one.
  private static let otherPlaces: [String: Int] = {
    let digits = [
      0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
      3: "BHD IQD JOD KWD LYD OMR TND", 4: "CLF UYW",
    ]
    var places: [String: Int] = [:]
    for (number, words) in digits {
      for code in words.split(separator: " ") { places[String(code)] = number }
    }
    return places
  }()

  /// The codes of ISO 4217, list one, in which amounts can be paid: without metals, drawing rights and tests.
  ///
  /// Those withdrawn since 2021 are still known, so that plans of those years run: ANG, BGN, CUC, HRK, SLL, ZWL.
  public static let codes: Set<String> = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
    CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
    NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN
    SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD
    XCG XOF XPF YER ZAR ZMW ZWG ZWL
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
