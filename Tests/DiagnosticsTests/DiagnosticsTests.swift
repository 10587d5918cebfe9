import Diagnostics
import Testing

@Suite struct DiagnosticsTests {
  @Test(
    "the nearest word is found, and nothing far away",
    arguments: [
      ("atainment", "attainment"), ("amuont", "amount"), ("Rate", "rate"), ("zebra", nil), ("to", nil),
    ])
  func suggestion(word: String, near: String?) {
    #expect(Suggestion.nearest(to: word, in: ["attainment", "amount", "rate", "bands"]) == near)
  }

  @Test(
    "GBK is told from Latin-1",
    arguments: [
      ([0xCD, 0xF5, 0xB7, 0xBC], "GBK (GB 18030)"), ([0x61, 0x2C, 0xCD, 0xF5, 0x0A], "GBK (GB 18030)"),
      // José, Müller, a half of a pair
      ([0x4A, 0x6F, 0x73, 0xE9], nil), ([0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72], nil),
      ([0xCD, 0xF5, 0xB7], nil),
      ([0x61], nil),
    ] as [([UInt8], String?)])
  func encoding(bytes: [UInt8], guess: String?) { #expect(TextEncoding.guess(bytes) == guess) }

  @Test("control characters and marks of direction are written out")
  func controls() {
    #expect(VisibleText.of("a\u{1B}[2Jb\n\u{9B}\u{202E}王é") == "a\\u{1B}[2Jb\\u{A}\\u{9B}\\u{202E}王é")
    #expect(VisibleText.of("a\nb\t", keepsLines: true) == "a\nb\\u{9}")
  }

  @Test("a diagnostic shows its place, the line and a caret, also after wide letters")
  func excerpt() {
    let source = SourceText(file: "plan.yaml", text: "plan: 提成\nrates: 中文 xx\n")
    let span = SourceSpan(
      file: "plan.yaml", start: SourcePosition(line: 2, column: 11), end: SourcePosition(line: 2, column: 13))
    let diagnostic = Diagnostic(.unknownKey, .error, "there is no `xx`", at: span, help: "did you mean `x`?")
    #expect(
      DiagnosticText(sources: [source]).render(diagnostic) == """
        plan.yaml:2:11: error: there is no `xx` [unknown-key]
          2 | rates: 中文 xx
            |             ^^
          help: did you mean `x`?

        """)
  }
}
