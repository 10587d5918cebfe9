import Diagnostics
import Testing
import YAMLSource

@Suite struct YAMLReaderTests {
  private func read(_ text: String) -> YAMLDocument { YAMLReader.read(Array(text.utf8), file: "p.yaml") }

  /// The place of the first diagnostic as `line:column`, with its code.
  private func first(_ text: String) -> String? {
    guard let diagnostic = read(text).diagnostics.first else { return nil }
    guard case .source(let span)? = diagnostic.location else { return diagnostic.code.rawValue }
    return "\(span.start.line):\(span.start.column) \(diagnostic.code.rawValue)"
  }

  @Test(
    "plain scalars follow the core schema of YAML 1.2",
    arguments: [
      ("no", .text("no")), ("yes", .text("yes")), ("on", .text("on")), ("true", .boolean(true)),
      ("False", .boolean(false)),
      ("null", .null), ("~", .null), ("12", .number("12")), ("010", .number("010")), ("0o14", .number("12")),
      ("0xFF", .number("255")), ("-1.50", .number("-1.50")), ("+1", .number("+1")), (".5", .number(".5")),
      ("1e3", .number("1e3")), ("1_000", .text("1_000")), ("12:30", .text("12:30")),
      ("2026-01-01", .text("2026-01-01")),
      (".inf", .text(".inf")), ("'12'", .text("12")), ("\"true\"", .text("true")), ("!!str 12", .text("12")),
      ("7.5%", .text("7.5%")),
    ] as [(String, YAMLScalar.Value)])
  func coreSchema(text: String, value: YAMLScalar.Value) {
    #expect(read("k: \(text)").root?["k"]?.scalar?.value == value)
  }

  @Test(
    "faults are found at their places",
    arguments: [
      ("a: 1\nb: 2\na: 3\n", "3:1 yaml-duplicate-key"),
      ("é: 1\n中: {x: 1, x: 2}\n", "2:11 yaml-duplicate-key"),
      ("a: *nope\n", "1:4 yaml-unknown-anchor"), ("a: &x {b: *x}\n", "1:11 yaml-alias-cycle"),
      ("a: 1\n---\nb: 2\n", "2:1 yaml-several-documents"), ("? [a]\n: 1\n", "1:3 yaml-key-not-text"),
      ("a: !!binary x\n", "1:4 yaml-unsupported-tag"), ("a: {<<: 1}\n", "1:5 yaml-unsupported-tag"),
      ("a: b: c\n", "1:5 yaml-syntax"), ("a:\n\t- b\n", "2:1 yaml-syntax"), ("a: \"x\n", "2:1 yaml-syntax"),
      ("", "yaml-empty"), ("# nothing\n", "yaml-empty"), ("a: 1\r\nb: \u{1}\r\n", "2:4 yaml-syntax"),
    ])
  func places(text: String, place: String) { #expect(first(text) == place, "\(text)") }

  @Test("every duplicate key is reported, with the first one beside it")
  func duplicates() {
    let diagnostics = read("a: 1\na: 2\na: 3\nb: {c: 1, c: 2}\n").diagnostics
    #expect(diagnostics.count == 3)
    #expect(diagnostics.allSatisfy { $0.related.count == 1 })
  }

  @Test(
    "other encodings are told",
    arguments: [
      [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00, 0x3A, 0x00],
      [0x61, 0x3A, 0x20, 0xC4, 0xE3],
      [0x61, 0x3A, 0x20, 0x62, 0x00],
    ] as [[UInt8]])
  func encodings(bytes: [UInt8]) {
    #expect(YAMLReader.read(bytes, file: "p").diagnostics.map(\.code) == [.yamlEncoding])
  }

  @Test("a byte order mark and CRLF are fine")
  func mark() {
    let document = read("\u{FEFF}a: 1\r\nb: 2\r\n")
    #expect(document.diagnostics.isEmpty && document.root?["b"]?.scalar?.text == "2")
  }

  @Test("depth, size and alias bombs are stopped early")
  func limits() {
    #expect(read(String(repeating: "[", count: 50_000)).diagnostics.first?.code == .yamlTooDeep)
    #expect(read(String(repeating: "[", count: 63) + String(repeating: "]", count: 63)).diagnostics.isEmpty)
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      bomb +=
        "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
    }
    #expect(read(bomb).diagnostics.first?.code == .yamlAliasBomb)
    let huge = [UInt8](repeating: 0x20, count: YAMLReader.largestFile + 1)
    #expect(YAMLReader.read(huge, file: "p").diagnostics.first?.code == .fileTooLarge)
  }

  @Test("aliases stand for what they name, at their own place")
  func aliases() {
    let root = read("a: &x {r: 1}\nb: *x\n").root
    #expect(root?["b"]?["r"]?.scalar?.text == "1")
    #expect(root?["b"]?.span.start == SourcePosition(line: 2, column: 4))
  }

  @Test("the first line of a block text is known")
  func blocks() {
    #expect(read("a:\n  csv: |\n    id,x\n    1,2\n").root?["a"]?["csv"]?.scalar?.firstLine == 3)
  }

  @Test("no mutation of a plan crashes the reader")
  func mutations() {
    let seed = Array(
      "plan: &p {a: [1, 'x'], b: \"y\"}\nlist:\n  - *p\n  - |\n    text\n  - ? k\n    : v\n".utf8)
    let letters = Array("[]{}:,-&*!|>'\"%@`#?\n\t é\u{0}".utf8)
    var state: UInt64 = 1
    for _ in 0..<4000 {
      var bytes = seed
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 40) % bytes.count] = letters[Int(state >> 20 & 0xFFFF) % letters.count]
      }
      let document = YAMLReader.read(bytes, file: "p")
      #expect(document.root != nil || document.diagnostics.hasErrors)
    }
  }
}
