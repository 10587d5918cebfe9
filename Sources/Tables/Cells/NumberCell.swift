import Money

/// Reads numbers from the bytes of cells, as integers of the last of some places after the point.
enum NumberCell {
  /// The number, or nil when there is a fault in it.
  @inline(__always)
  static func read(_ cell: RawSpan, places: Int) -> Int64? {
    short(cell, places: places) ?? plain(cell, places: places) ?? (try? exact(cell, places: places).get())
  }

  /// What is wrong with a cell that cannot be read.
  static func fault(_ cell: RawSpan, places: Int) -> ColumnBuilder.Fault {
    if case .failure(let fault) = exact(cell, places: places) { fault } else { .notNumber }
  }

  /// How many bytes of the cell stand before a percent sign at its end.
  @inline(__always)
  static func countBeforePercent(_ cell: RawSpan) -> Int {
    cell.byteCount - (RawText.byte(cell, cell.byteCount - 1) == 0x25 ? 1 : 0)
  }

  /// The number, where up to seven digits and signs stand before a point and just `places` digits behind it.
  ///
  /// INVARIANT: 16 bytes may be loaded from where the cell begins.
  @inline(__always)
  private static func short(_ cell: RawSpan, places: Int) -> Int64? {
    let start = RawText.byte(cell, 0) == 0x2D ? 1 : 0
    let point = cell.byteCount - 1 - places
    guard places > 0, places <= 8, point > start, point <= 7, RawText.byte(cell, point) == 0x2E,
      let whole = digits(RawText.word(cell, start), point - start),
      let fraction = digits(RawText.word(cell, point + 1), places)
    else { return nil }
    let number = whole * powers[places] + fraction
    return start == 1 ? -number : number
  }

  /// The number that the first `count` bytes of the word spell, 1 to 8 digits, eight of them at a time.
  @inline(__always)
  private static func digits(_ word: UInt64, _ count: Int) -> Int64? {
    let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    // Zeros come before the digits; each byte is then below 10, or the sum with 0x76 has its highest bit.
    let bytes = (word &<< shift) &- (0x3030_3030_3030_3030 &<< shift)
    if (bytes | (bytes &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 { return nil }
    let pairs = (bytes &* 10 &+ (bytes &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    return Int64(truncatingIfNeeded: (fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF)
  }

  /// The number, where it is a few plain digits with a point or without, as most are.
  @inline(__always)
  private static func plain(_ cell: RawSpan, places: Int) -> Int64? {
    let count = cell.byteCount
    // INVARIANT: at most 17 digits fit the bytes, so that nothing overflows before the last product.
    guard count > 0, count <= 17 else { return nil }
    let isNegative = RawText.byte(cell, 0) == 0x2D
    let start = isNegative ? 1 : 0
    var point = count
    var digits: Int64 = 0
    for place in start..<count {
      let digit = RawText.byte(cell, place) &- 0x30
      if digit <= 9 {
        digits = digits &* 10 &+ Int64(digit)
      } else if digit == 0xFE, point == count {
        point = place
      } else {
        return nil
      }
    }
    let fraction = point == count ? 0 : count - point - 1
    guard count - start > (point == count ? 0 : 1), fraction <= places else { return nil }
    if fraction < places {
      guard places - fraction <= 17 else { return nil }
      let (product, overflow) = digits.multipliedReportingOverflow(by: powers[places - fraction])
      guard !overflow, product < 1_000_000_000_000_000_000 else { return nil }
      digits = product
    }
    return isNegative ? -digits : digits
  }

  private static func exact(_ cell: RawSpan, places: Int) -> Result<Int64, ColumnBuilder.Fault> {
    guard let number = RawText.withBytes(cell, { ExactDecimal.parse($0) }) else {
      return .failure(.notNumber)
    }
    let short = number.scale > places ? number.normalized : number
    guard short.scale <= places else { return .failure(.tooManyPlaces(places)) }
    guard let scaled = try? short.rescaled(to: places, rounding: .halfEven),
      scaled.magnitude < 1_000_000_000_000_000_000
    else { return .failure(.tooLarge) }
    return .success(Int64(scaled))
  }

  private static let powers: [Int64] = (0..<18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
