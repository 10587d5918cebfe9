import Diagnostics
import Foundation
import PlanReading
import TestSupport
import Testing
import YAMLSource

/// Broken plans, one mistake a file, and what is said about each.
///
/// `RECORD=1 swift test --filter CorpusTests` writes the expectations anew; a run that records fails, and on
/// continuous integration nothing can be recorded.
@Suite struct CorpusTests {
  static let cases = Project.files("Tests/PlanReadingTests/Corpus", ending: ".yaml")

  @Test("a broken plan is told what is wrong, where and how to mend it", arguments: cases)
  func golden(path: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Project.path(path))))
    let name = (path as NSString).lastPathComponent
    let document = YAMLReader.read(bytes, file: name)
    let diagnostics = PlanReader.read(document, file: name).diagnostics
    let renderer = DiagnosticText(sources: [document.source])
    let text = diagnostics.map(renderer.render).joined()
    #expect(diagnostics.hasErrors, "\(name) must have a fault")
    let expectation = Project.path(path.replacingOccurrences(of: ".yaml", with: ".txt"))
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD"] == "1", environment["CI"] == nil {
      try text.write(toFile: expectation, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)")
    }
    #expect(try String(contentsOfFile: expectation, encoding: .utf8) == text)
  }

  @Test("the corpus is there")
  func count() { #expect(Self.cases.count >= 40) }
}
