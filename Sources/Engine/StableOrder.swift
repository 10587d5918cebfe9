/// The order of rows by several keys, the most significant one given last, each pass keeping what it finds.
///
/// Keys are small whole numbers (payees, days, places of ids), so the rows are counted into place, eleven bits at a
/// time; a key by which the rows already stand in order costs one look.
struct StableOrder {
  private static let bits: UInt32 = 11
  private(set) var rows: [Int32]
  private var spare: [Int32]

  init(count: Int) {
    rows = Array(0..<Int32(count))
    spare = rows
  }

  /// Orders the rows by a key of at least -1.
  mutating func sort(by key: [Int32]) {
    var highest: UInt32 = 0
    var before: UInt32 = 0
    var isSorted = true
    for row in rows {
      let value = UInt32(bitPattern: key[Int(row)] &+ 1)
      if value < before { isSorted = false }
      before = value
      highest = max(highest, value)
    }
    if isSorted { return }
    var shift: UInt32 = 0
    while shift < 32, highest >> shift != 0 {
      pass(key, shift)
      shift += Self.bits
    }
  }

  private mutating func pass(_ key: [Int32], _ shift: UInt32) {
    var places = [Int](repeating: 0, count: 1 << Self.bits + 1)
    let mask: UInt32 = 1 << Self.bits - 1
    func digit(_ row: Int32) -> Int { Int((UInt32(bitPattern: key[Int(row)] &+ 1) >> shift) & mask) }
    for row in rows { places[digit(row) + 1] += 1 }
    for place in 1..<places.count { places[place] += places[place - 1] }
    for row in rows {
      let digit = digit(row)
      spare[places[digit]] = row
      places[digit] += 1
    }
    swap(&rows, &spare)
  }
}
