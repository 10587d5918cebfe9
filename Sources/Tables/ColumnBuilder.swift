import Money
import PlanCalendar

/// Grows one column cell by cell from the bytes of a file.
struct ColumnBuilder {
  /// What is wrong with a cell.
  enum Fault: Error {
    case missing, notNumber, tooManyPlaces(Int), tooLarge, notDate, notBoolean, notUTF8
  }

  let schema: ColumnSchema
  private var codes: [Int32] = []
  private var pool = TextPool()
  private var numbers: [Int64] = []
  private var days: [Int32] = []
  private var flags: [Bool] = []
  private var missing: [Bool] = []
  private var hasMissing = false

  init(_ schema: ColumnSchema) { self.schema = schema }

  /// Appends a cell; a faulty one is appended as empty, and the fault returned.
  mutating func append(_ cell: Span<UInt8>) -> Fault? {
    let bytes = cell.extracting(Self.extent(cell, schema.type))
    if bytes.count == 0 {
      appendEmpty()
      return schema.isOptional ? nil : .missing
    }
    let fault = appendValue(bytes)
    if fault != nil { appendEmpty() } else { missing.append(false) }
    return fault
  }

  mutating func removeLast() {
    missing.removeLast()
    switch schema.type {
    case .text: codes.removeLast()
    case .integer, .decimal, .percent: numbers.removeLast()
    case .date: days.removeLast()
    case .boolean: flags.removeLast()
    }
  }

  func column() -> Column {
    let values: Column.Values =
      switch schema.type {
      case .text: .text(codes: codes, pool: pool)
      case .integer: .integer(numbers)
      case .decimal(let places), .percent(let places): .decimal(numbers, places: places)
      case .date: .date(days)
      case .boolean: .boolean(flags)
      }
    return Column(name: schema.name, values: values, missing: hasMissing ? missing : nil)
  }

  private mutating func appendEmpty() {
    hasMissing = true
    missing.append(true)
    switch schema.type {
    case .text: codes.append(pool.code(""))
    case .integer, .decimal, .percent: numbers.append(0)
    case .date: days.append(0)
    case .boolean: flags.append(false)
    }
  }

  private mutating func appendValue(_ bytes: Span<UInt8>) -> Fault? {
    switch schema.type {
    case .text:
      if let code = pool.find(bytes) {
        codes.append(code)
        return nil
      }
      guard isUTF8(bytes) else { return .notUTF8 }
      codes.append(pool.code(bytes))
    case .integer: return appendNumber(bytes, places: 0)
    case .decimal(let places): return appendNumber(bytes, places: places)
    case .percent(let places):
      let digits = bytes[bytes.count - 1] == 0x25 ? bytes.extracting(0..<bytes.count - 1) : bytes
      return appendNumber(digits, places: places - 2)
    case .date:
      guard let date = CalendarDate.parse(bytes) else { return .notDate }
      days.append(date.day)
    case .boolean:
      guard let flag = Self.boolean(bytes) else { return .notBoolean }
      flags.append(flag)
    }
    return nil
  }

  private mutating func appendNumber(_ bytes: Span<UInt8>, places: Int) -> Fault? {
    guard let number = ExactDecimal.parse(bytes) else { return .notNumber }
    let short = number.scale > places ? number.normalized : number
    guard short.scale <= places else { return .tooManyPlaces(places) }
    guard let scaled = try? short.rescaled(to: places, rounding: .halfEven),
      scaled.magnitude < 1_000_000_000_000_000_000
    else { return .tooLarge }
    numbers.append(Int64(scaled))
    return nil
  }

  /// Where the cell stands without the spaces around it; texts keep theirs.
  private static func extent(_ cell: Span<UInt8>, _ type: ColumnType) -> Range<Int> {
    if type == .text { return 0..<cell.count }
    var start = 0
    var end = cell.count
    while start < end, cell[start] == 0x20 { start += 1 }
    while end > start, cell[end - 1] == 0x20 { end -= 1 }
    return start..<end
  }

  private static func boolean(_ bytes: Span<UInt8>) -> Bool? {
    if bytes.count == 1 { return bytes[0] == 0x31 ? true : bytes[0] == 0x30 ? false : nil }
    let word = bytes.indices.map { bytes[$0] | 0x20 }
    return word == Array("true".utf8) ? true : word == Array("false".utf8) ? false : nil
  }
}

/// Whether the bytes are well-formed UTF-8.
func isUTF8(_ bytes: Span<UInt8>) -> Bool {
  if bytes.indices.allSatisfy({ bytes[$0] < 0x80 }) { return true }
  return String(validating: bytes.indices.map { bytes[$0] }, as: UTF8.self) != nil
}
