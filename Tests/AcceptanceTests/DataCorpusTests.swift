import Foundation
import TestSupport
import Testing

/// Bad data, one mistake a case, and all that a run says about it.
///
/// A case is a plan; `NAME.sql` beside it makes the database `crm.db`. `RECORD=1` writes the expectations anew; a run that
/// records fails, and on continuous integration nothing can be recorded.
@Suite struct DataCorpusTests {
  static let cases = Project.files("Tests/AcceptanceTests/DataCorpus", ending: ".yaml")

  @Test("bad data is told with its place, why it is bad, and how to mend it", arguments: cases)
  func golden(path: String) throws {
    let name = (path as NSString).lastPathComponent
    let folder = try TemporaryFolder()
    _ = try folder.write(try Project.text(path), name)
    let sql = Project.path(path.replacingOccurrences(of: ".yaml", with: ".sql"))
    if let statements = try? String(contentsOfFile: sql, encoding: .utf8) {
      try Database.write(statements, folder.path + "/crm.db")
    }
    let outcome = try Program.incentive(["run", name, "--out", "out"], folder: folder.path)
    #expect(outcome.code != 0, "\(name) must have a fault")
    let text = outcome.errors
    let expectation = Project.path(path.replacingOccurrences(of: ".yaml", with: ".txt"))
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD"] == "1", environment["CI"] == nil {
      try text.write(toFile: expectation, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)")
    }
    #expect(try String(contentsOfFile: expectation, encoding: .utf8) == text)
  }

  @Test("the corpus is there")
  func count() { #expect(Self.cases.count >= 12) }
}
