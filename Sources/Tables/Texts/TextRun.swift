import Parallelism

/// Texts one after the other in one run of bytes, each found by its number.
struct TextRun: Sendable {
  private(set) var bytes: [UInt8] = []
  /// How many bytes each text has while all have as many, as ids often do; 0 when it must be looked up in `ends`.
  private var width = 0
  /// How many texts of one width there are.
  private var evenCount = 0
  /// Where texts end; those that end beyond 4 GiB stand in `farEnds`.
  private var ends: [UInt32] = []
  private var farEnds: [Int] = []

  var count: Int { width > 0 ? evenCount : ends.count + farEnds.count }

  /// Where the text with this number begins and ends.
  @inline(__always)
  func range(_ code: Int32) -> Range<Int> {
    // INVARIANT: ends never fall, so that the bounds are in order.
    if width > 0 {
      let start = Int(code) &* width
      return Range(uncheckedBounds: (start, start &+ width))
    }
    return Range(uncheckedBounds: (code == 0 ? 0 : end(Int(code) - 1), end(Int(code))))
  }

  /// What `body` makes of the bytes of the text with this number.
  @inline(__always)
  func with<Result>(_ code: Int32, _ body: (RawSpan) -> Result) -> Result {
    body(bytes.span.bytes.extracting(range(code)))
  }

  /// Less than 0 where the text with this number comes before these bytes, 0 where it is equal to them.
  @inline(__always)
  func order(_ code: Int32, _ text: RawSpan) -> Int { with(code) { RawText.order($0, text) } }

  /// Whether the text with this number has these bytes.
  @inline(__always)
  func equal(_ code: Int32, _ text: RawSpan) -> Bool { with(code) { RawText.equal($0, text) } }

  /// Whether the text with this number comes before these bytes.
  @inline(__always)
  func precedes(_ code: Int32, _ text: RawSpan) -> Bool { with(code) { RawText.precedes($0, text) } }

  @inline(__always)
  mutating func append(_ text: RawSpan) {
    let count = text.byteCount
    bytes.append(addingCapacity: count) { room in
      room.withUnsafeMutableBufferPointer { buffer, written in
        if let place = buffer.baseAddress { RawText.copy(text, to: UnsafeMutableRawPointer(place + written)) }
        written += count
      }
    }
    if !extend(by: 1, width: count) { appendEnd(bytes.count) }
  }

  /// Appends the first cells of a batch, each of `width` bytes if that is not nil; false where they would end beyond
  /// 4 GiB.
  mutating func append(
    _ text: RawSpan, _ batch: RecordBatch, field: Int, taken: Int, byteCount: Int, width: Int?
  ) -> Bool {
    var end = bytes.count
    guard end + byteCount <= UInt32.max else { return false }
    if taken == 0 { return true }
    let isEven = extend(by: taken, width: width ?? 0)
    bytes.append(addingCapacity: byteCount) { room in
      room.withUnsafeMutableBufferPointer { buffer, written in
        // INVARIANT: the cells have `byteCount` bytes together, for which there is room.
        guard var place = buffer.baseAddress.map({ UnsafeMutableRawPointer($0 + written) }) else { return }
        for record in 0..<taken {
          let cell = text.extracting(unchecked: batch.field(record, field))
          RawText.copy(cell, to: place)
          place += cell.byteCount
        }
        written += byteCount
      }
    }
    if isEven { return true }
    ends.append(addingCapacity: taken) { ends in
      for record in 0..<taken {
        end += batch.field(record, field).count
        ends.append(UInt32(truncatingIfNeeded: end))
      }
    }
    return true
  }

  /// Appends the texts of another run that have these numbers.
  mutating func append(_ other: TextRun, _ codes: Range<Int32>) {
    guard let first = codes.first, let last = codes.last else { return }
    let start = other.range(first).lowerBound
    let shift = bytes.count - start
    bytes.append(contentsOf: other.bytes[start..<other.range(last).upperBound])
    if extend(by: codes.count, width: other.width) { return }
    for code in codes { appendEnd(other.end(Int(code)) + shift) }
  }

  mutating func reserve(count: Int, bytes wanted: Int) {
    if width == 0 { ends.reserveLargePages(count) }
    bytes.reserveLargePages(wanted)
  }

  /// Takes note of some texts of one width, if all so far have it; false where the end of each must be kept.
  @inline(__always)
  private mutating func extend(by texts: Int, width: Int) -> Bool {
    if width > 0, self.width == width || count == 0 {
      self.width = width
      evenCount += texts
      return true
    }
    if self.width > 0 { keepEnds() }
    return false
  }

  /// Goes over to an end for each text.
  @inline(never)
  private mutating func keepEnds() {
    let (texts, width) = (evenCount, width)
    (self.width, evenCount) = (0, 0)
    for text in 0..<texts { appendEnd((text + 1) * width) }
  }

  @inline(__always)
  private func end(_ place: Int) -> Int {
    if width > 0 { return (place + 1) * width }
    return place < ends.count ? Int(ends[place]) : farEnds[place - ends.count]
  }

  @inline(__always)
  private mutating func appendEnd(_ end: Int) {
    if let near = UInt32(exactly: end) { ends.append(near) } else { farEnds.append(end) }
  }
}
