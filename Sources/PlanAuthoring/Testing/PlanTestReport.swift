import Diagnostics
package import JSONCore
import Money
import PlanModel
import Reports
import Sessions

/// Tells what plan tests came to: to people, as JSON, and in the XML that build servers read.
package struct PlanTestReport {
  private let runs: [PlanTestRun]

  package init(_ runs: [PlanTestRun]) { self.runs = runs }

  package var hasPassed: Bool { runs.allSatisfy(\.hasPassed) }

  private var results: [PlanTestRun.Result] { runs.flatMap(\.results) }

  // MARK: Text

  /// A line a file, each failure with its place and its explanation, and a summary.
  package func text(colour: Bool) -> String {
    var text = ""
    for run in runs {
      text += VisibleText.of(run.file.file) + ": " + Self.counts(run) + "\n"
      let sources = [run.file.source] + (run.file.plan?.sources ?? [])
      let renderer = DiagnosticText(sources: sources, colour: colour)
      text += run.faults.map(renderer.render).joined()
      for result in run.results where !result.hasPassed {
        text += "FAILED: \(VisibleText.of(result.test.name.text))\n"
        text += result.faults.map(renderer.render).joined()
        let drawer = DerivationText(places: run.file.plan?.plan?.currency.places ?? 0, colour: colour)
        for failure in result.failures {
          text += renderer.render(failure.diagnostic) + failure.derivations.map(drawer.text).joined()
        }
      }
    }
    return text + summary + "\n"
  }

  private static func counts(_ run: PlanTestRun) -> String {
    if !run.faults.isEmpty { return "not tried" }
    let failed = run.results.count { !$0.hasPassed }
    let passed = "\(run.results.count - failed) passed"
    return failed == 0 ? passed : passed + ", \(failed) failed"
  }

  private var summary: String {
    let failed = results.count { !$0.hasPassed }
    let untried = runs.count { !$0.faults.isEmpty }
    var words = "\(results.count) test\(results.count == 1 ? "" : "s"): \(results.count - failed) passed"
    if failed > 0 { words += ", \(failed) failed" }
    if untried > 0 { words += "; \(untried) file\(untried == 1 ? "" : "s") not tried" }
    return words
  }

  // MARK: JSON

  /// The results for programs; amounts are strings.
  package var json: JSONValue {
    var facts = facts
    facts["files"] = .array(files)
    return .object(facts)
  }

  /// Whether all have passed, and how many there are.
  package var facts: JSONObject {
    JSONObject([
      ("passed", .bool(hasPassed)),
      (
        "counts",
        [
          "files": .number(runs.count), "tests": .number(results.count),
          "failed": .number(results.count { !$0.hasPassed }),
          "filesNotTried": .number(runs.count { !$0.faults.isEmpty }),
        ]
      ),
    ])
  }

  /// The results, file by file.
  package var files: [JSONValue] {
    runs.map { run in
      [
        "file": .string(run.file.file), "plan": run.file.plan.map { .string($0.file) } ?? .null,
        "diagnostics": .array(run.faults.map(\.json)), "tests": .array(run.results.map(Self.json)),
      ]
    }
  }

  private static func json(_ result: PlanTestRun.Result) -> JSONValue {
    [
      "name": .string(result.test.name.text), "source": result.test.source.map { .string($0) } ?? .null,
      "line": .number(result.test.name.span.start.line), "passed": .bool(result.hasPassed),
      "diagnostics": .array(result.faults.map(\.json)),
      "failures": .array(
        result.failures.map { failure in
          [
            "payee": .string(failure.payee), "period": failure.period.map { .string($0) } ?? .null,
            "transaction": failure.transaction.map { .string($0) } ?? .null,
            "figure": .string(failure.figure.name), "expected": .string(failure.figure.amount.description),
            "found": failure.found.json, "diagnostic": failure.diagnostic.json,
            "derivations": .array(failure.derivations.map(\.json)),
          ]
        }),
    ]
  }

  // MARK: XML

  /// The results in the XML of JUnit: a suite a file, a case a test.
  package var junit: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let failed = results.count { !$0.hasPassed }
    let untried = runs.count { !$0.faults.isEmpty }
    text += "<testsuites tests=\"\(results.count + untried)\" failures=\"\(failed)\" errors=\"\(untried)\">\n"
    for run in runs { text += Self.suite(run) }
    return text + "</testsuites>\n"
  }

  private static func suite(_ run: PlanTestRun) -> String {
    let failed = run.results.count { !$0.hasPassed }
    let errors = run.faults.isEmpty ? 0 : 1
    let file = escaped(run.file.file)
    var text = "  <testsuite name=\"\(file)\" tests=\"\(run.results.count + errors)\" failures=\"\(failed)\""
    text += " errors=\"\(errors)\">\n"
    if !run.faults.isEmpty {
      text += "    <testcase classname=\"\(file)\" name=\"the file\">\n"
      text += "      <error message=\"\(escaped(run.faults[0].message))\">\(body(run.faults))</error>\n"
      text += "    </testcase>\n"
    }
    for result in run.results {
      let name = "    <testcase classname=\"\(file)\" name=\"\(escaped(result.test.name.text))\""
      let told = result.faults + result.failures.map(\.diagnostic)
      guard let first = told.first else {
        text += name + "/>\n"
        continue
      }
      text += name + ">\n      <failure message=\"\(escaped(first.message))\">\(body(told))</failure>\n"
      text += "    </testcase>\n"
    }
    return text + "  </testsuite>\n"
  }

  private static func body(_ diagnostics: [Diagnostic]) -> String {
    escaped(
      diagnostics.map { ($0.location.map { $0.description + ": " } ?? "") + $0.message }.joined(
        separator: "\n"))
  }

  private static func escaped(_ text: String) -> String {
    VisibleText.of(text, keepsLines: true).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
