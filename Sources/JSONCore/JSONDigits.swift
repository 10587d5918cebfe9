extension JSONWriter {
  /// The most bytes that a whole number takes: 19 digits and a sign.
  private static let widest = 20

  /// Appends the elements of an array of whole numbers, with commas between them.
  static func append(_ cells: [Int64], missing: [Bool]?, to bytes: inout [UInt8]) {
    let chunk = 1024
    for start in stride(from: 0, to: cells.count, by: chunk) {
      let end = min(start + chunk, cells.count)
      bytes.append(addingCapacity: (end - start) * (widest + 1)) { (output: inout OutputSpan<UInt8>) in
        for place in start..<end {
          if place > 0 { output.append(0x2C) }
          if missing?[place] == true {
            output.append(0x6E)
            output.append(0x75)
            output.append(0x6C)
            output.append(0x6C)
          } else {
            append(cells[place], to: &output)
          }
        }
      }
    }
  }

  /// Appends the digits of a whole number.
  static func append(_ number: Int64, to bytes: inout [UInt8]) {
    bytes.append(addingCapacity: widest) { (output: inout OutputSpan<UInt8>) in append(number, to: &output) }
  }

  private static func append(_ number: Int64, to output: inout OutputSpan<UInt8>) {
    if number < 0 { output.append(0x2D) }
    var rest = number.magnitude
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var first = digits.count
    repeat {
      first -= 1
      digits[first] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
      rest /= 10
    } while rest != 0
    for place in first..<digits.count { output.append(digits[place]) }
  }
}
