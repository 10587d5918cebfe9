import Foundation
import TestSupport
import Testing

/// `incentive new`: folders with plans that work, made from the sample plans.
@Suite struct TemplateTests {
  private static let samples = [("one-salesperson", "one-salesperson"), ("team", "quickstart")]

  @Test("a new folder holds the sample plan, and its tests pass", arguments: samples)
  func works(template: String, sample: String) throws {
    let folder = try TemporaryFolder()
    let made = try Program.incentive("new", "mine/plan", "--template", template, folder: folder.path)
    #expect(made.code == 0, "\(made.errors)")
    let files = made.output.split(separator: "\n").dropLast().map(String.init)
    #expect(files.contains("mine/plan/plan.yaml") && files.contains("mine/plan/plan.test.yaml"))
    #expect(made.output.hasSuffix("try it: incentive run mine/plan/plan.yaml; incentive test mine/plan\n"))
    for file in files {
      let text = try String(contentsOfFile: folder.path + "/" + file, encoding: .utf8)
      let own = try Project.text("Plans/\(sample)/" + file.dropFirst("mine/plan/".count))
      #expect(
        text
          == own.replacing("incentive test Plans/\(sample)", with: "incentive test").replacing(
            "Plans/\(sample)/", with: ""),
        "Sources/PlanAuthoring/Starting: \(file) is not as in Plans/\(sample)")
    }
    for command in [
      ["run", "mine/plan/plan.yaml"], ["test", "mine"], ["fmt", "--check", "mine/plan/plan.yaml"],
    ] {
      let outcome = try Program.incentive(command, folder: folder.path)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
  }

  @Test("nothing that is there is overwritten")
  func keeps() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("mine", "mine/plan.yaml")
    for place in ["mine", "mine/plan.yaml", "."] {
      let outcome = try Program.incentive("new", place, folder: folder.path)
      #expect(
        outcome.code == 1 && outcome.errors.contains("`\(place)` is there already"), "\(outcome.errors)")
    }
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == ["mine", "mine/plan.yaml"])
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: false)
    #expect(try Program.incentive("new", "empty", folder: folder.path).code == 0)
    let wrong = try Program.incentive("new", "other", "--template", "taem", folder: folder.path)
    #expect(wrong.code == 2 && wrong.errors.contains("did you mean `team`?"), "\(wrong.errors)")
  }
}
