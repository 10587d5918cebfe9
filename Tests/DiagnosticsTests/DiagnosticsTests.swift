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
