import Foundation
import TestSupport
import Testing

/// The sample plans, each held against a second computation of its rows in another language.
@Suite struct SamplePlanTests {
  @Test(
    "a sample pays what was worked out from its rows alone",
    arguments: ["channel", "medical-device", "retail-store", "saas-team", "small-company"])
  func golden(name: String) throws {
    let folder = try TemporaryFolder()
    let plan = "Plans/\(name)/plan.yaml"
    let run = try Program.incentive("run", plan, "--out", folder.path)
    #expect(run.code == 0, "\(run.errors)")
    let expected = try Project.text("Plans/\(name)/expected.csv")
    #expect(try String(contentsOfFile: folder.path + "/statements.csv", encoding: .utf8) == expected)
    let script = name.replacing("-", with: "_") + ".py"
    let again = try Program.run(
      try #require(Program.python), [Project.path("Tests/Support/" + script), Project.path(plan)])
    #expect(again.output == expected, "\(again.errors)")
  }

  @Test("every sample passes the tests beside it")
  func tested() throws {
    let outcome = try Program.incentive("test", "Plans")
    let plans = try FileManager.default.contentsOfDirectory(atPath: Project.path("Plans")).filter {
      FileManager.default.fileExists(atPath: Project.path("Plans/\($0)/plan.yaml"))
    }
    #expect(plans.count >= 12)
    for plan in plans {
      #expect(
        FileManager.default.fileExists(atPath: Project.path("Plans/\(plan)/plan.test.yaml")), "\(plan)")
    }
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
  }
}
