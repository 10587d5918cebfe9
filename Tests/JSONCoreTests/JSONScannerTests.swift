import JSONCore
import Money
import Testing

@Suite struct JSONScannerTests {
  static let accepted: [(String, JSONValue)] = [
    ("null", .null), (" true ", true), ("false", false), ("0", 0), ("-0", .number(ExactDecimal(0))),
    ("123", 123),
    ("-12", -12), ("[]", []), ("[ ]", []), ("[1,2]", [1, 2]), ("{}", .object(JSONObject())),
    ("{\"a\":1}", ["a": 1]),
    ("{\"a\":{\"b\":[null]}}", ["a": ["b": [.null]]]), ("\"\"", ""),
    ("\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "a\n\t\"\\/\u{8}\u{c}\r"),
    ("\"\\u00e9\"", "é"), ("\"\\ud83d\\udcb6\"", "💶"), ("\"提成\"", "提成"), ("\"\\u0000\"", "\0"),
    ("\t[\r\n1 ]", [1]),
    ("{\"a\":1,\"a\":2}", ["a": 2]),
    ("[1,null,-3]", [1, .null, -3]), ("[ null , 7 ]", [.null, 7]), ("[1,2,\"x\",null]", [1, 2, "x", .null]),
    ("[1,2.5]", [1, .number(ExactDecimal(coefficient: 25, scale: 1))]), ("[-0,1e1]", [0, 10]),
    ("[123456789012345678,1234567890123456789]", [123_456_789_012_345_678, 1_234_567_890_123_456_789]),
    ("[[1,2],[null]]", [[1, 2], [.null]]), ("[1,{\"a\":[2]}]", [1, ["a": [2]]]),
  ]

  @Test("texts by RFC 8259 are read", arguments: accepted.indices)
  func reads(index: Int) throws {
    let (text, value) = Self.accepted[index]
    #expect(try JSONValue(parsing: text) == value, "\(text)")
  }

  @Test(
    "texts that are not RFC 8259 are refused",
    arguments: [
      "", " ", "nul", "True", "01", "-01", "-", "+1", ".5", "1.", "1e", "1e+", "0x1", "NaN", "Infinity", "[",
      "]", "[1,]",
      "[,1]", "[1 2]", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}",
      "\"", "\"a",
      "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"",
      "\"\t\"",
      "1 2", "[] []", "// c\n1", "/* c */ 1", "\u{FEFF}1", "1;", "[1}", "{\"a\":1]", "--1", "1.2.3",
      "\"\\u{41}\"",
      "tru", "nulll", "[1],", "\u{0}", "[1,,2]", "[1,01]", "[1,-]", "[1,nul]", "[1,2", "[1,null", "[1 null]",
      "[1,2,]",
    ])
  func refuses(text: String) { #expect((try? JSONValue(parsing: text)) == nil, "\(text)") }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) { #expect((try? JSONValue.parse(bytes)) == nil) }

  @Test("a fault names the byte at which reading stopped")
  func offsets() {
    #expect {
      try JSONValue(parsing: "[1, x]")
    } throws: { error in
      let fault = error as? JSONParsingError
      return fault?.offset == 4 && fault?.message == "a value should be here"
    }
  }

  @Test("nesting and size have limits, and deep texts do not crash")
  func limits() throws {
    let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect((try? JSONValue(parsing: deep)) != nil)
    #expect((try? JSONValue(parsing: "[" + deep + "]")) == nil)
    #expect((try? JSONValue(parsing: String(repeating: "[", count: 200_000))) == nil)
    #expect((try? JSONValue.parse(Array("[1,2,3]".utf8), limits: JSONLimits(bytes: 6))) == nil)
  }

  @Test(
    "numbers stay exact and keep their digits",
    arguments: [
      ("9007199254740993", "9007199254740993"), ("0.1", "0.1"),
      ("-12345678901234567890.123456789", "-12345678901234567890.123456789"),
      ("1E3", "1000"), ("1.50", "1.50"),
    ])
  func exactNumbers(text: String, value: String) throws {
    let number = try JSONValue(parsing: text)
    #expect(number.decimal == ExactDecimal(value))
    #expect(number.text() == text)
  }

  @Test("whole numbers are whole however written")
  func wholeNumbers() throws {
    for text in ["42", "42.0", "4.2e1", "420e-1"] { #expect(try JSONValue(parsing: text).int == 42) }
    #expect(try JSONValue(parsing: "42.5").int == nil)
    #expect(try JSONValue(parsing: "9223372036854775808").int == nil)
  }

  @Test("what is written is read back as the same value")
  func roundTrip() throws {
    var generator = Lottery(state: 7)
    for _ in 0..<400 {
      let value = generator.value(depth: 4)
      #expect(try JSONValue.parse(value.bytes()) == value)
      #expect(try JSONValue.parse(value.bytes(pretty: true)) == value)
    }
  }

  @Test("an array of whole numbers equals the same values, and is written the same")
  func wholeNumberArrays() {
    let kept = JSONArray(integers: [7, 0, -12, .max, .min], missing: [false, true, false, false, false])
    let values: JSONArray = [7, .null, -12, .number(Int.max), .number(Int.min)]
    #expect(kept == values && kept.hashValue == values.hashValue)
    let text = "[7,null,-12,9223372036854775807,-9223372036854775808]"
    #expect(JSONValue.array(kept).text() == text && JSONValue.array(values).text() == text)
    #expect(JSONValue.array(kept).text(pretty: true) == JSONValue.array(values).text(pretty: true))
  }

  @Test("pointers find their places")
  func pointers() throws {
    let value: JSONValue = ["a/b": [10, ["m~n": "x"]]]
    #expect(JSONPointer(parsing: "/a~1b/1/m~0n")?.resolve(in: value) == "x")
    #expect(JSONPointer(parsing: "")?.resolve(in: value) == value)
    #expect(JSONPointer(parsing: "/a~1b/2")?.resolve(in: value) == nil)
    #expect(JSONPointer(parsing: "a") == nil)
    #expect(JSONPointer(["a/b", "m~n"]).description == "/a~1b/m~0n")
  }
}

/// Makes values from a seed.
private struct Lottery {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func text() -> String {
    let letters: [Character] = ["a", "\"", "\\", "\n", "\u{1}", "é", "提", "💶", "/", " "]
    return String((0..<next(6)).map { _ in letters[next(letters.count)] })
  }

  mutating func value(depth: Int) -> JSONValue {
    switch next(depth == 0 ? 5 : 7) {
    case 0: return .null
    case 1: return .bool(next(2) == 0)
    case 2: return .number(next(2_000_000) - 1_000_000)
    case 3: return .number(ExactDecimal(coefficient: Int128(next(1_000_000) - 500_000), scale: next(9)))
    case 4: return .string(text())
    case 5: return .array((0..<next(5)).map { _ in value(depth: depth - 1) })
    default: return .object(JSONObject((0..<next(20)).map { _ in (text(), value(depth: depth - 1)) }))
    }
  }
}
