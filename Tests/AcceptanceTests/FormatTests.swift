import Foundation
import TestSupport
import Testing

/// `incentive fmt`: one form, every comment, no other meaning.
@Suite struct FormatTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func formatted(_ text: String) throws -> String {
    let file = try folder.write(text, "plan.yaml")
    let outcome = try Program.incentive("fmt", file)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  @Test("indents, spaces and empty lines are put right, and comments stay with what they are about")
  func form() throws {
    let text = """

      # A plan.
      plan:   X
      currency: USD      # of pay


      calendar: { period:  year,from: 2026-01-01 , to: 2026-12-31 }
      data:
          # the people
          people:
              csv: |
                    id,name
                    ann,Ann # no comment
              key:  id   \u{20}
              columns: {id: text,name:   text}
          #people2: gone
      components:
          x:
              config:
                  bands:
                  -   {to:  100%,rate: 10%}   # to quota
                  -   rate:  15%
                      # above
                      note: "a  #  b"
      # the end


      """
    let expected = """
      # A plan.
      plan: X
      currency: USD      # of pay

      calendar: {period: year, from: 2026-01-01, to: 2026-12-31}
      data:
        # the people
        people:
          csv: |
            id,name
            ann,Ann # no comment
          key: id
          columns: {id: text, name: text}
        #people2: gone
      components:
        x:
          config:
            bands:
              - {to: 100%, rate: 10%}         # to quota
              - rate: 15%
                # above
                note: "a  #  b"
      # the end

      """
    let result = try formatted(text)
    // The comment behind the band keeps its column.
    #expect(
      result.split(separator: "\n", omittingEmptySubsequences: false).map(Self.withoutGap)
        == expected.split(separator: "\n", omittingEmptySubsequences: false).map(Self.withoutGap))
    #expect(result.contains("USD      # of pay"))
    #expect(try formatted(result) == result)
  }

  private static func withoutGap(_ line: Substring) -> String {
    String(line).replacing(#/(\S) +# to quota/#) { "\($0.1) # to quota" }
  }

  @Test("what YAML allows beside the usual is put in the same form")
  func unusual() throws {
    let text = """
      a: &x
          -   - 1
              -  2
          -
              m: 3
          -   # alone

              n:  4
      c: [1,
            {q:  "a, b" }]
      f: "multi
          line"
      g: *x

      """
    let expected = """
      a: &x
        - - 1
          - 2
        -
          m: 3
        -     # alone

          n: 4
      c: [1,
            {q: "a, b"}]
      f: "multi
          line"
      g: *x

      """
    #expect(try formatted(text).replacing(#/- +# alone/#, with: "-     # alone") == expected)
    #expect(try formatted(expected).replacing(#/- +# alone/#, with: "-     # alone") == expected)
  }

  /// All plans of the samples, the documents and the corpus of broken ones that are YAML.
  private static func plans() throws -> [(name: String, text: String)] {
    var plans = try Project.files("Plans", ending: ".yaml").map { ($0, try Project.text($0)) }
    for path in ["README.md"] + Project.files("Docs", ending: ".md") {
      for block in try Markdown(path: path).blocks where block.language == "yaml" {
        plans.append(("\(path):\(block.line)", block.text))
      }
    }
    for path in Project.files("Tests/PlanReadingTests/Corpus", ending: ".yaml") {
      if let text = try? Project.text(path) { plans.append((path, text)) }
    }
    return plans
  }

  @Test("formatting twice is formatting once, whatever the plan, and however it was bent before")
  func idempotent() throws {
    for (name, text) in try Self.plans() {
      for (bent, how) in [
        (text, "as it is"), (Self.indented(text), "indented by four"),
        (Self.spaced(text), "with more spaces"),
      ] {
        let file = try folder.write(bent, "plan.yaml")
        let first = try Program.incentive("fmt", file)
        if first.code == 1 {
          #expect(!first.errors.contains("cannot be formatted without changing it"), "\(name) \(how)")
          continue
        }
        let once = try String(contentsOfFile: file, encoding: .utf8)
        let again = try Program.incentive("fmt", "--check", file)
        #expect(again.code == 0, "\(name) \(how): \(once)")
        #expect(once.split(separator: "#").count == bent.split(separator: "#").count, "\(name) \(how)")
      }
    }
  }

  /// The text with every indent twice as deep.
  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(repeating: " ", count: line.prefix { $0 == " " }.count) + String(line)
    }.joined(separator: "\n")
  }

  /// The text with two spaces after commas and colons, two empty lines for one, and blanks at the ends of lines.
  private static func spaced(_ text: String) -> String {
    text.replacing(": {", with: ":   {").replacing("\n\n", with: "\n\n\n").replacing(":\n", with: ":  \n")
  }

  @Test("the sample plans are formatted")
  func samples() throws {
    let outcome = try Program.incentive(["fmt", "--check"] + Project.files("Plans", ending: ".yaml"))
    #expect(outcome.code == 0 && outcome.output.isEmpty, "\(outcome.output)")
  }

  @Test("a file with faults is left as it is, and what is wrong is told")
  func faults() throws {
    let file = try folder.write("plan: [\n", "plan.yaml")
    let outcome = try Program.incentive("fmt", file)
    #expect(outcome.code == 1 && outcome.errors.contains("[yaml-syntax]"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "plan: [\n")
    #expect(try Program.incentive("fmt", folder.path + "/none.yaml").code == 1)
    #expect(try Program.incentive("fmt").code == 2)
  }

  @Test("only telling writes nothing; writing keeps the file's mode and goes through links")
  func writing() throws {
    let file = try folder.write("plan:   x\n", "plan.yaml")
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    try manager.createSymbolicLink(atPath: folder.path + "/link.yaml", withDestinationPath: file)
    let told = try Program.incentive("fmt", "--check", "link.yaml", folder: folder.path)
    #expect(told.code == 1 && told.output == "link.yaml: not formatted\n")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "plan:   x\n")
    let done = try Program.incentive("fmt", "link.yaml", folder: folder.path)
    #expect(done.code == 0 && done.output == "link.yaml: formatted\n")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "plan: x\n")
    #expect(try manager.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    #expect(try manager.destinationOfSymbolicLink(atPath: folder.path + "/link.yaml") == file)
    #expect(try manager.contentsOfDirectory(atPath: folder.path).sorted() == ["link.yaml", "plan.yaml"])
  }
}
