import Diagnostics
import Expressions
import Foundation
import PlanModel
import PlanReading
import TestSupport
import Testing
import YAMLSource

/// A text read after another one, with what was made of the components that stand as before.
@Suite struct ReadingMemoryTests {
  private func read(_ text: String, after earlier: ReadingMemory? = nil) -> PlanReader.Reading {
    let document = YAMLReader.read(Array(text.utf8), file: "plan.yaml")
    return PlanReader.read(
      document.root, faults: document.diagnostics, sources: [document.source], after: earlier)
  }

  private func expectSame(_ text: String, after other: String) {
    let (fresh, later) = (read(text), read(text, after: read(other).memory))
    #expect(later.diagnostics == fresh.diagnostics)
    #expect((later.plan == nil) == (fresh.plan == nil))
    let (first, second) = (fresh.terms?.components ?? [], later.terms?.components ?? [])
    #expect(first.map(\.name) == second.map(\.name))
    for (one, other) in zip(first, second) {
      #expect(one.config == other.config && one.configSpans == other.configSpans)
      #expect(one.configForms == other.configForms && one.credits == other.credits)
      #expect(one.module == other.module && one.measure == other.measure)
      #expect(one.condition?.text == other.condition?.text && one.payees?.text == other.payees?.text)
    }
  }

  @Test("any plan reads the same whatever was read before it")
  func corpus() throws {
    // Some of the files are in other encodings on purpose.
    let texts = Project.files("Tests/PlanReadingTests/Corpus", ending: ".yaml")
      .compactMap { try? Project.text($0) }
    #expect(texts.count > 100)
    for (one, other) in zip(texts, texts.dropFirst()) { expectSame(other, after: one) }
  }

  @Test("an edit of one component, of another part, of a name, or of the number of lines is seen")
  func edits() throws {
    let text = try Project.text("Plans/quickstart/plan.yaml")
    for (old, new) in [
      ("rate: 8%", "rate: 9%"), ("status: text", "state: text"),
      ("credits: own\n    measure", "credits: owns\n    measure"),
      ("currency: USD", "currency: EUR"), ("components:\n", "components:\n\n"),
      ("  override:", "  overrides:"),
      ("  bookings:", "  booking:"), ("payee.role == \"rep\"", "payee.rule == \"rep\""),
      ("    roll_up: own", "    roll_up: owm"),
      ("      rate: 1%", "      rates: 1%"),
    ] {
      #expect(text.contains(old))
      expectSame(text.replacing(old, with: new), after: text)
      expectSame(text, after: text.replacing(old, with: new))
    }
  }
}
