import Diagnostics
import Testing

@testable import LSPServer

/// The text of a document against a naive model: an array of characters that knows no bytes.
@Suite struct TextDocumentTests {
  /// Lines as arrays of scalars with their ends, counted anew each time.
  private struct Model {
    var scalars: [Unicode.Scalar]

    private var lines: [(start: Int, length: Int)] {
      var lines: [(Int, Int)] = []
      var (start, place) = (0, 0)
      while place < scalars.count {
        let isBreak = scalars[place] == "\n" || scalars[place] == "\r"
        guard isBreak else {
          place += 1
          continue
        }
        let length = place - start
        place += scalars[place] == "\r" && place + 1 < scalars.count && scalars[place + 1] == "\n" ? 2 : 1
        lines.append((start, length))
        start = place
      }
      lines.append((start, scalars.count - start))
      return lines
    }

    var lineCount: Int { lines.count }

    func units(_ scalar: Unicode.Scalar, _ encoding: PositionEncoding) -> Int {
      switch encoding {
      case .utf8: String(scalar).utf8.count
      case .utf16: String(scalar).utf16.count
      case .utf32: 1
      }
    }

    func index(_ position: TextPosition, _ encoding: PositionEncoding) -> Int {
      let lines = lines
      guard position.line < lines.count else { return scalars.count }
      let (start, length) = lines[position.line]
      var seen = 0
      for offset in 0..<length {
        seen += units(scalars[start + offset], encoding)
        if seen > position.character { return start + offset }
      }
      return start + length
    }

    mutating func replace(_ range: TextRange, _ text: String, _ encoding: PositionEncoding) {
      let (a, b) = (index(range.start, encoding), index(range.end, encoding))
      scalars.replaceSubrange(min(a, b)..<max(a, b), with: text.unicodeScalars)
    }

    var text: String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    }
  }

  private static let pieces = [
    "", "a", "rate: 10%", "\n", "\r\n", "\r", "é", "\u{FF1A}", "工资", "😀", "e\u{301}", "\u{2028}", "\u{85}",
    "\u{FEFF}",
    "\t- {to: 50%}\n", "x\ny\rz\r\nw",
  ]

  @Test("random edits agree with the model, in every unit of positions", arguments: PositionEncoding.allCases)
  func randomEdits(encoding: PositionEncoding) {
    var random = SplitMix(seed: 20261125)
    for _ in 0..<60 {
      let start = (0..<random.below(12)).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
      var document = TextDocument(start)
      var model = Model(scalars: Array(start.unicodeScalars))
      for _ in 0..<40 {
        func position() -> TextPosition {
          TextPosition(
            line: random.below(model.lineCount + 3), character: random.below(random.below(8) == 0 ? 500 : 14))
        }
        let range = TextRange(start: position(), end: position())
        let text = Self.pieces[random.below(Self.pieces.count)]
        document.replace(range, with: text, encoding)
        model.replace(range, text, encoding)
        #expect(document.text.unicodeScalars.elementsEqual(model.scalars))
        #expect(document.lineCount == model.lineCount)
        let probe = position()
        let offset = document.offset(of: probe, encoding)
        #expect(
          offset == Model(scalars: Array(model.scalars[..<model.index(probe, encoding)])).text.utf8.count)
        #expect(document.offset(of: document.position(of: offset, encoding), encoding) == offset)
      }
    }
  }

  @Test("places outside the text count as the nearest ones inside")
  func outside() {
    var document = TextDocument("a: 1\n")
    document.replace(
      TextRange(
        start: TextPosition(line: 99, character: 99), end: TextPosition(line: 100, character: 5)),
      with: "x", .utf16)
    #expect(document.text == "a: 1\nx")
    #expect(document.offset(of: TextPosition(line: -1, character: 0), .utf8) == 0)
    #expect(document.offset(of: TextPosition(line: 0, character: -3), .utf8) == 0)
    #expect(document.position(of: 999, .utf8) == TextPosition(line: 1, character: 1))
    #expect(document.line(7).isEmpty)
  }

  @Test("a place inside a surrogate pair, or inside the bytes of a character, is its beginning")
  func insideCharacters() {
    let document = TextDocument("a😀b")
    #expect(document.offset(of: TextPosition(line: 0, character: 2), .utf16) == 1)
    #expect(document.offset(of: TextPosition(line: 0, character: 3), .utf16) == 5)
    #expect(document.offset(of: TextPosition(line: 0, character: 4), .utf8) == 1)
  }

  // libyaml, which counts the lines of diagnostics, ends lines at U+2028 too, and skips a byte order mark.
  @Test("positions of diagnostics are found behind byte order marks and rare ends of lines")
  func diagnosticPositions() {
    let document = TextDocument("\u{FEFF}plan: 工\u{2028}next: 😀z\nlast: 1")
    func offset(_ line: Int, _ column: Int) -> Int {
      document.offset(of: SourcePosition(line: line, column: column))
    }
    #expect(offset(1, 1) == 3)
    #expect(offset(1, 7) == 9)
    #expect(offset(2, 1) == 15)
    #expect(offset(2, 8) == 15 + 10)
    #expect(document.position(of: offset(3, 1), .utf16) == TextPosition(line: 1, character: 0))
  }

  @Test("addresses of files are read and written with everything that paths may hold")
  func addresses() {
    for path in ["/a b/ä:c%.yaml", "/工资/plan#1?.yaml", "/plain-._~/x"] {
      #expect(DocumentURI.path(DocumentURI.file(path)) == path)
    }
    #expect(DocumentURI.path("file:///c%3A/x") == "/c:/x")
    #expect(DocumentURI.path("file://localhost/x") == "/x")
    #expect(DocumentURI.path("untitled:Untitled-1") == nil)
    #expect(DocumentURI.path("file://host/x") == nil)
    #expect(DocumentURI.path("file:///%zz") == nil)
  }

  @Test("a plan is known by its keys, also half typed, and other YAML is left alone")
  func recognition() {
    func isPlan(_ text: String, _ language: String = "yaml") -> Bool {
      PlanRecognition.isPlan(TextDocument(text), language: language)
    }
    #expect(isPlan("plan: East\n"))
    #expect(isPlan("# a comment\n\nplan: East\ncurr"))
    #expect(isPlan("currency: USD\nextends: base.yaml\ncomponents:\n  a: {\n"))
    #expect(!isPlan("data:\npeople:\ncredits:\n"))
    #expect(isPlan("version: 1\nplan: x\ncalendar:\n"))
    #expect(isPlan("", PlanRecognition.language))
    #expect(!isPlan("a: 1\n"))
    #expect(!isPlan("plan:\n  - get: repo\n"))
    #expect(!isPlan("services:\n  plan: x\n  data: y\n"))
    #expect(!isPlan("components:\n  schemas: {}\npaths: {}\n"))
    #expect(!isPlan("people: []\ndata: {}\n"))
  }
}

/// A small generator of numbers that are the same in every run.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }
}
