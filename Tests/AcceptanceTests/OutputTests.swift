import Foundation
import JSONCore
import TestSupport
import Testing

/// What commands write, and what happens when it cannot be written.
@Suite struct OutputTests {
  /// Runs a line of shell in a folder, with the built `incentive` in the path.
  private func shell(_ line: String, _ folder: TemporaryFolder) throws -> Program.Outcome {
    let path = Project.products + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    return try Program.run("/bin/sh", ["-c", line], environment: ["PATH": path], folder: folder.path)
  }

  private func quickstart() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Project.path("Plans/quickstart/data"), toPath: folder.path + "/data")
    _ = try folder.write(try Project.text("Plans/quickstart/plan.yaml"), "plan.yaml")
    return folder
  }

  /// The names and contents of the files in `out`.
  private func files(_ folder: TemporaryFolder) throws -> [String: String] {
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out") {
      files[name] = try String(contentsOfFile: folder.path + "/out/" + name, encoding: .utf8)
    }
    return files
  }

  @Test(
    "output that cannot be written is told, and ends with 1",
    arguments: [
      "run plan.yaml", "run plan.yaml --format json", "check plan.yaml", "check plan.yaml --format json",
      "explain plan.yaml --payee ann", "explain plan.yaml --payee ann --format json", "modules", "--help",
      "run plan.yaml --out out",
    ])
  func fullDisk(arguments: String) throws {
    let outcome = try shell("incentive \(arguments) > /dev/full", try quickstart())
    #expect(outcome.code == 1)
    #expect(
      outcome.errors
        == "error: cannot write to standard output: no space left on device [file-not-writable]\n1 error\n")
  }

  @Test("answers to a program that cannot be written are told, and end with 1")
  func fullDiskForPrograms() throws {
    let call = #"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#
    let outcome = try shell("(echo '\(call)'; sleep 0.5) | incentive rpc > /dev/full", try quickstart())
    #expect(outcome.code == 1)
    #expect(
      outcome.errors
        == "error: cannot write to standard output: no space left on device [file-not-writable]\n1 error\n")
    let gone = try shell(
      "{ (echo '\(call)'; sleep 1; echo '\(call)') | incentive rpc; echo \"ended with $?\" >&2; } | head -c 1",
      try quickstart())
    #expect(gone.errors == "ended with 0\n")
  }

  @Test("a reader who goes ends nothing but the writing")
  func closedPipe() throws {
    let outcome = try shell(
      "{ sleep 0.2; incentive explain plan.yaml --payee ann; echo \"ended with $?\" >&2; } | true",
      try quickstart())
    #expect(outcome.errors == "ended with 0\n")
  }

  @Test("when one file cannot be written, those of the earlier run stay whole, and no success is told")
  func allOrNothing() throws {
    let folder = try quickstart()
    try #require(try shell("incentive run plan.yaml --out out", folder).code == 0)
    let before = try files(folder)
    // The statements fit into 2,048 bytes, the trace does not.
    let outcome = try shell(
      "trap '' XFSZ; ulimit -S -f 4; incentive run plan.yaml --out out --trace", folder)
    #expect(outcome.code == 1 && outcome.output.isEmpty, "\(outcome.output)")
    #expect(
      outcome.errors.contains("trace.jsonl`: file too large [file-not-writable]"), "\(outcome.errors)")
    #expect(try files(folder) == before)
  }

  @Test("a run that comes to nothing says so in the folder, and leaves no figures there")
  func failed() throws {
    let folder = try quickstart()
    try #require(try shell("incentive run plan.yaml --out out --trace", folder).code == 0)
    for file in ["deals", "fx"] {
      try FileManager.default.removeItem(atPath: folder.path + "/data/\(file).csv")
    }
    let outcome = try shell("incentive run plan.yaml --out out", folder)
    #expect(outcome.code == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("deals.csv") && outcome.errors.contains("fx.csv"), "all are told at once")
    let left = try files(folder)
    #expect(left.keys.sorted() == ["run.json"])
    let run = try JSONValue(parsing: left["run.json"] ?? "")
    #expect(run["state"] == "failed" && run["total"] == .null)
    #expect(run["diagnostics"]?.array?.count == 2)
    try FileManager.default.removeItem(atPath: folder.path + "/plan.yaml")
    #expect(try shell("incentive run plan.yaml --out other", folder).code == 1)
    let other = try String(contentsOfFile: folder.path + "/other/run.json", encoding: .utf8)
    #expect(other.contains("\"state\": \"failed\"") && other.contains("file-not-readable"))
  }

  // Ben's pay in the second quarter is 10,147.86, worked out by hand in CommandLineTests.
  @Test("a run for one payee or period says so, and its totals are of what was written")
  func only() throws {
    let folder = try quickstart()
    let outcome = try shell("incentive run plan.yaml --out out --payee ben --period 2026-Q2", folder)
    #expect(outcome.output == "complete: 1 payee, 1 period, total 10,147.86 USD, written to out\n")
    let run = try JSONValue(parsing: try files(folder)["run.json"] ?? "")
    #expect(run["only"] == ["payee": "ben", "period": "2026-Q2"] && run["total"] == "10147.86")
    _ = try shell("incentive run plan.yaml --out out", folder)
    let whole = try JSONValue(parsing: try files(folder)["run.json"] ?? "")
    // 8144.20 - 960.00 + 1750.80 + 10147.86 + 1571.05 + 893.50
    #expect(whole["only"] == .null && whole["total"] == "21547.41")
  }

  @Test(
    "wrong usage is told with what was meant",
    arguments: [
      ("run plan.yaml --payee ann --payee ben", "--payee is given twice, and takes one value"),
      ("run plan.yaml --format=json --format table", "--format is given twice, and takes one value"),
      ("rnu plan.yaml", "there is no command `rnu`; did you mean `run`?"),
    ])
  func usage(arguments: String, said: String) throws {
    let outcome = try shell("incentive \(arguments)", try quickstart())
    #expect(outcome.code == 2 && outcome.errors.contains(said), "\(outcome.errors)")
  }

  @Test("what would steer a terminal is written out", arguments: ["run", "explain --payee ann", "check"])
  func controls(command: String) throws {
    let folder = try TemporaryFolder()
    let text = try Project.text("Plans/one-salesperson/plan.yaml").replacing(
      "ann,Ann Lee", with: "ann,A\u{1B}[31mnn\u{9B}5m"
    )
    .replacing("D-1,", with: "D\u{7}1,").replacing(
      "currency: USD", with: command == "check" ? "currency: \"U\\eD\"" : "currency: USD")
    // YAML allows no raw control characters: the rows stand in files.
    let (head, rows) = try Self.rowsInFiles(text)
    _ = try folder.write(head, "plan.yaml")
    for (name, text) in rows { _ = try folder.write(text, name) }
    let outcome = try shell("incentive \(command) plan.yaml", folder)
    let shown = outcome.output + outcome.errors
    #expect(
      !shown.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || (0x7F..<0xA0).contains($0.value) })
    #expect(shown.contains(command == "check" ? "`U\\u{1B}D`" : "A\\u{1B}[31mnn\\u{9B}5m"), "\(shown)")
  }

  /// The plan with its inline rows moved to files.
  private static func rowsInFiles(_ text: String) throws -> (plan: String, rows: [String: String]) {
    var plan: [Substring] = []
    var rows: [String: String] = [:]
    var name: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "    csv: |" {
        let file = "table\(rows.count).csv"
        (name, rows[file]) = (file, "")
        plan.append("    file: \(file)")
      } else if let file = name, line.hasPrefix("      ") {
        rows[file, default: ""] += line.dropFirst(6) + "\n"
      } else {
        name = nil
        plan.append(line)
      }
    }
    return (plan.joined(separator: "\n"), rows)
  }

  @Test("no module anywhere: the places that were looked at are named")
  func noModules() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Project.program("incentive"), toPath: folder.path + "/incentive")
    let outcome = try shell("INCENTIVE_MODULES=/nowhere ./incentive modules", folder)
    #expect(outcome.code == 1)
    #expect(outcome.errors.hasPrefix("error: no module was found in `/nowhere`, `"), "\(outcome.errors)")
    #expect(outcome.errors.contains("INCENTIVE_MODULES"))
  }
}
