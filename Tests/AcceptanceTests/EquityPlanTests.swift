import Foundation
import JSONCore
import TestSupport
import Testing

/// Equity over whole plans, and files in the Open Cap Table Format.
@Suite struct EquityPlanTests {
  @Test(
    "the samples come to what an independent computation gives, figure by figure",
    arguments: [("options", "startup-options"), ("a-share", "restricted-stock-a-share")])
  func samples(kind: String, folder: String) throws {
    let out = try TemporaryFolder()
    let run = try Program.incentive("run", "Plans/\(folder)/plan.yaml", "--out", out.path)
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    let wanted = try Program.run(
      try #require(Program.python),
      [Project.path("Tests/Support/equity_samples.py"), kind, Project.path("Plans/\(folder)")])
    #expect(wanted.code == 0, "\(wanted.errors)")
    #expect(try String(contentsOfFile: out.path + "/statements.csv", encoding: .utf8) == wanted.output)
    #expect(CSVRows.read(wanted.output).count == 16)
  }

  @Test("every unit of the samples is explained by steps that add up")
  func explained() throws {
    let options = try Program.incentive(
      "explain", "Plans/startup-options/plan.yaml", "--payee", "kim", "--period", "2026-Q1")
    #expect(options.code == 0, "\(options.errors)")
    #expect(options.output.contains("ES-1: monthly") && options.output.contains("ES-2: cliff"))
    let shares = try Program.incentive(
      "explain", "Plans/restricted-stock-a-share/plan.yaml", "--payee", "E02", "--period", "2026")
    #expect(shares.output.contains("18,002 × 90% × 80%"), "\(shares.output)")
  }

  /// A plan of options whose exercises stand in a file.
  private static let exercises = """
    plan: Exercises
    currency: USD
    calendar: {period: year, from: 2025-01-01, to: 2026-12-31}
    data:
      people: {csv: "id\\nann\\nben\\n", key: id, columns: {id: text}}
      grants:
        csv: |
          grant,person,granted,options,price
          G-1,ann,2024-01-01,800,1.00
          G-2,ben,2024-01-01,500,1.00
        key: grant
        columns: {grant: text, person: text, granted: date, options: integer, price: money}
      exercises: {file: exercises.csv, columns: {grant: text, person: text, date: date, options: integer}}
    people: {table: people}
    components:
      options:
        module: equity
        config:
          instrument: option
          grants: {table: grants, person: person, id: grant, date: granted, units: options, price: price}
          vesting: {cliff: {allocation_type: CUMULATIVE_ROUNDING, segments: [{months: 12, portion: 100%}]}}
          exercises: {table: exercises, person: person, grant: grant, date: date, units: options}
    """

  @Test("a row that cannot be computed with is told at its file, line and column, whatever the order of rows")
  func faultyRow() throws {
    let folder = try TemporaryFolder()
    let plan = try folder.write(Self.exercises, "plan.yaml")
    for rows in [
      "G-2,ben,2025-02-01,100\nG-1,ann,2025-03-01,300\nG-1,ann,2025-04-01,501\n",
      "G-1,ann,2025-04-01,501\nG-1,ann,2025-03-01,300\nG-2,ben,2025-02-01,100\n",
    ] {
      _ = try folder.write("grant,person,date,options\n" + rows, "exercises.csv")
      let run = try Program.incentive("run", plan, "--format", "json")
      #expect(run.code == 1)
      let told = try #require(try JSONValue(parsing: run.output)["run"]?["diagnostics"]?.array?.first)
      #expect(told["code"] == "row-refused", "\(run.output)")
      #expect(
        told["message"]
          == "component `options` was not computed: of grant `G-1` 501 options are exercised on 2025-04-01, and 500 options have vested and are still held"
      )
      let line = rows.hasPrefix("G-2") ? "4" : "2"
      let text = try Program.incentive("run", plan)
      #expect(text.errors.contains("exercises.csv:\(line) (options)"), "\(text.errors)")
      #expect(text.errors.contains("plan.yaml:"), "\(text.errors)")
    }
  }
}
