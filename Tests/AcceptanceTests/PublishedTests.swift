import JSONCore
import TestSupport
import Testing

/// Worked examples that others have published, as plan tests: Tests/Published has the plan, the rows and the published
/// figures, each with its address.
@Suite struct PublishedTests {
  @Test("more than a hundred published examples come out as published")
  func plans() throws {
    let outcome = try Program.incentive("test", "Tests/Published", "--format", "json")
    let results = try JSONValue(parsing: outcome.output)
    #expect(outcome.code == 0, "\(outcome.output.prefix(4000))")
    #expect((results["counts"]?["tests"]?.int ?? 0) >= 100)
    let page = try Project.text("Docs/Published.md")
    for file in results["files"]?.array ?? [] {
      let name = file["file"]?.string ?? ""
      #expect(page.contains("(../\(name))"), "Docs/Published.md leaves out \(name)")
      for test in file["tests"]?.array ?? [] {
        #expect(test["source"]?.string?.hasPrefix("http") == true, "\(name)")
      }
    }
  }

  @Test("both readings of each rule on which plans differ are paid, and a plan that states neither is asked")
  func readings() throws {
    let outcome = try Program.incentive("test", "Tests/Readings")
    #expect(outcome.code == 0, "\(outcome.output)")
    let page = try Project.text("Docs/Readings.md")
    for file in Project.files("Tests/Readings", ending: ".test.yaml") {
      #expect(page.contains("(../\(file))"), "Docs/Readings.md leaves out \(file)")
    }
  }

  @Test("their figures are what the published arithmetic comes to, in exact fractions")
  func arithmetic() throws {
    let outcome = try Program.run(
      try #require(Program.python), [Project.path("Tests/Support/published_reference.py"), "Tests/Published"])
    #expect(outcome.output.hasSuffix(" 0 faults\n"), "\(outcome.output)\(outcome.errors)")
  }
}
