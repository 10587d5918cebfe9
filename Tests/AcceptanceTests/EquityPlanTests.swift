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

  /// The format's own sample of terms, with issuances, a start and an event.
  private static let vesting = #"""
    {"file_type": "OCF_VESTING_TERMS_FILE", "items": [
      {"id": "4yr-1yr-cliff-schedule", "object_type": "VESTING_TERMS", "name": "Four Year / One Year Cliff",
       "description": "4yr-1yr-cliff-schedule", "allocation_type": "CUMULATIVE_ROUNDING", "vesting_conditions": [
        {"id": "vesting-start", "quantity": "0", "trigger": {"type": "VESTING_START_DATE"}, "next_condition_ids": ["cliff"]},
        {"id": "cliff", "portion": {"numerator": "1", "denominator": "4"},
         "trigger": {"type": "VESTING_SCHEDULE_RELATIVE",
           "period": {"length": 12, "type": "MONTHS", "occurrences": 1, "day_of_month": "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH"},
           "relative_to_condition_id": "vesting-start"}, "next_condition_ids": ["monthly-thereafter"]},
        {"id": "monthly-thereafter", "portion": {"numerator": "1", "denominator": "48"},
         "trigger": {"type": "VESTING_SCHEDULE_RELATIVE",
           "period": {"length": 1, "type": "MONTHS", "occurrences": 36, "day_of_month": "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH"},
           "relative_to_condition_id": "cliff"}, "next_condition_ids": []}]},
      {"id": "all-or-nothing", "object_type": "VESTING_TERMS", "name": "all", "description": "all-or-nothing",
       "allocation_type": "CUMULATIVE_ROUND_DOWN", "vesting_conditions": [
        {"id": "qualifying-sale", "portion": {"numerator": "1", "denominator": "1"}, "trigger": {"type": "VESTING_EVENT"},
         "next_condition_ids": []}]}]}
    """#
  private static let transactions = #"""
    {"file_type": "OCF_TRANSACTIONS_FILE", "items": [
      {"object_type": "TX_EQUITY_COMPENSATION_ISSUANCE", "id": "i-1", "security_id": "vesting-ex-3", "date": "2021-01-01",
       "custom_id": "ES-3", "stakeholder_id": "ann", "security_law_exemptions": [], "compensation_type": "OPTION_ISO",
       "quantity": "480", "exercise_price": {"amount": "1.25", "currency": "USD"},
       "vesting_terms_id": "4yr-1yr-cliff-schedule", "expiration_date": "2031-01-01", "termination_exercise_windows": []},
      {"object_type": "TX_PLAN_SECURITY_ISSUANCE", "id": "i-2", "security_id": "vesting-ex-1", "date": "2021-01-01",
       "custom_id": "ES-1", "stakeholder_id": "ben", "security_law_exemptions": [], "compensation_type": "RSU",
       "quantity": "500", "vesting_terms_id": "all-or-nothing", "expiration_date": null, "termination_exercise_windows": []},
      {"object_type": "TX_EQUITY_COMPENSATION_ISSUANCE", "id": "i-3", "security_id": "dated", "date": "2021-01-01",
       "custom_id": "R-2", "stakeholder_id": "ben", "security_law_exemptions": [], "compensation_type": "RSU",
       "quantity": "30", "vestings": [{"date": "2022-03-01", "amount": "20"}, {"date": "2021-06-01", "amount": "10"}],
       "expiration_date": null, "termination_exercise_windows": []},
      {"object_type": "TX_VESTING_START", "id": "s-1", "security_id": "vesting-ex-3", "date": "2021-01-30",
       "vesting_condition_id": "vesting-start"},
      {"object_type": "TX_VESTING_EVENT", "id": "e-1", "security_id": "vesting-ex-1", "date": "2022-07-14",
       "vesting_condition_id": "qualifying-sale"},
      {"object_type": "TX_STOCK_ISSUANCE", "id": "x-1", "security_id": "founders", "date": "2020-01-01"}]}
    """#

  @Test("a cap table in the Open Cap Table Format becomes a plan, and a cap table again")
  func openCapTable() throws {
    let folder = try TemporaryFolder()
    let files = [
      try folder.write(Self.vesting, "VestingTerms.ocf.json"),
      try folder.write(Self.transactions, "Transactions.ocf.json"),
    ]
    let made = try Program.run(
      Project.program("incentive-equity"), ["import-ocf"] + files + ["--out", folder.path + "/plan"])
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.errors == "passed over: 1 TX_STOCK_ISSUANCE\n")
    let plan = try folder.write(
      """
      plan: Cap table
      currency: USD
      calendar: {period: year, from: 2021-01-01, to: 2025-12-31}
      include: equity.yaml
      data:
        people:
          csv: |
            id
            ann
            ben
          key: id
          columns: {id: text}
      people: {table: people}
      outputs:
        statements: {columns: {payee: payee, period: period, options: option.earned, units: rsu.earned}}
      """, "plan/plan.yaml")
    let out = try TemporaryFolder()
    let run = try Program.incentive("run", plan, "--out", out.path)
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    // By hand: 120 and eleven months of 10 in 2022, 120 a year, the last month in January 2025; the sale of July 2022.
    #expect(
      try String(contentsOfFile: out.path + "/statements.csv", encoding: .utf8) == """
        payee,period,options,units
        ann,2021,0,0
        ann,2022,230,0
        ann,2023,120,0
        ann,2024,120,0
        ann,2025,10,0
        ben,2021,0,10
        ben,2022,0,520
        ben,2023,0,0
        ben,2024,0,0
        ben,2025,0,0

        """)
    let back = try Program.run(
      Project.program("incentive-equity"),
      ["export-ocf", folder.path + "/plan/equity.yaml", "--out", folder.path + "/ocf"])
    #expect(back.code == 0, "\(back.errors)")
    func items(_ text: String) throws -> [String: JSONValue] {
      var items: [String: JSONValue] = [:]
      for item in try JSONValue(parsing: text)["items"]?.array ?? [] {
        let key = ["object_type", "security_id", "vesting_condition_id"].map { item[$0]?.string ?? "" }
        items[
          key.joined(separator: " ")
            + (item["object_type"] == "VESTING_TERMS" ? item["id"]?.string ?? "" : "")] =
          item
      }
      return items
    }
    let terms = try items(String(contentsOfFile: folder.path + "/ocf/VestingTerms.ocf.json", encoding: .utf8))
    for (key, item) in try items(Self.vesting) {
      #expect(terms[key]?["vesting_conditions"] == item["vesting_conditions"], "\(key)")
      #expect(terms[key]?["allocation_type"] == item["allocation_type"])
    }
    let exported = try items(
      String(contentsOfFile: folder.path + "/ocf/Transactions.ocf.json", encoding: .utf8))
    for (key, item) in try items(Self.transactions) where !key.contains("STOCK_ISSUANCE") {
      let key = key.replacing("PLAN_SECURITY", with: "EQUITY_COMPENSATION")
      let other = try #require(exported[key], "\(key)")
      for (name, value) in item.object?.members ?? []
      where !["id", "object_type", "vestings"].contains(name) {
        #expect(other[name] == value, "\(key) \(name)")
      }
    }
  }

  @Test("what cannot be taken over is said")
  func openCapTableFaults() throws {
    let folder = try TemporaryFolder()
    let lost = try folder.write(
      #"{"items": [{"object_type": "TX_PLAN_SECURITY_ISSUANCE", "security_id": "S-1", "stakeholder_id": "a", "date": "2021-01-01", "quantity": "1", "vesting_terms_id": "gone"}]}"#,
      "lost.json")
    let program = Project.program("incentive-equity")
    let one = try Program.run(program, ["import-ocf", lost, "--out", folder.path + "/x"])
    #expect(one.code == 1 && one.errors == "error: `S-1` names the vesting terms `gone`, which are missing\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/x/equity.yaml"))
    let two = try Program.run(
      program, ["import-ocf", try folder.write("{]", "bad.json"), "--out", folder.path])
    #expect(two.code == 1 && two.errors.contains("bad.json is no JSON"))
    let three = try Program.run(program, ["import"])
    #expect(three.code == 2 && three.errors.hasPrefix("usage: incentive-equity"))
  }
}
