import Foundation
import JSONCore
import TestSupport
import Testing

/// Files in the Open Cap Table Format, taken over and given back.
@Suite struct OpenCapTableTests {
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
       "custom_id": "ES-3", "stakeholder_id": "ann", "stock_plan_id": "plan-1", "board_approval_date": "2020-12-20",
       "security_law_exemptions": [{"description": "Rule 701", "jurisdiction": "US"}], "compensation_type": "OPTION_ISO",
       "quantity": "480", "exercise_price": {"amount": "1.250", "currency": "CAD"}, "early_exercisable": false,
       "vesting_terms_id": "4yr-1yr-cliff-schedule", "expiration_date": "2031-01-01",
       "termination_exercise_windows": [{"reason": "VOLUNTARY_GOOD_CAUSE", "period": 3, "period_type": "MONTHS"}]},
      {"object_type": "TX_PLAN_SECURITY_ISSUANCE", "id": "i-2", "security_id": "vesting-ex-1", "date": "2021-01-01",
       "custom_id": "ES-1", "stakeholder_id": "ben", "security_law_exemptions": [], "compensation_type": "RSU",
       "quantity": "500", "vesting_terms_id": "all-or-nothing", "expiration_date": null, "termination_exercise_windows": []},
      {"object_type": "TX_EQUITY_COMPENSATION_ISSUANCE", "id": "i-3", "security_id": "dated", "date": "2021-01-01",
       "custom_id": "R-2", "stakeholder_id": "ben", "security_law_exemptions": [], "compensation_type": "RSU",
       "quantity": "30", "vestings": [{"date": "2022-03-01", "amount": "20"}, {"date": "2021-06-01", "amount": "10"}],
       "expiration_date": null, "termination_exercise_windows": []},
      {"object_type": "TX_EQUITY_COMPENSATION_ISSUANCE", "id": "i-4", "security_id": "founder", "date": "2021-01-01",
       "custom_id": "R-3", "stakeholder_id": "ben", "security_law_exemptions": [], "compensation_type": "RSU",
       "quantity": "4800", "vesting_terms_id": "4yr-1yr-cliff-schedule", "expiration_date": null,
       "termination_exercise_windows": []},
      {"object_type": "TX_STOCK_ISSUANCE", "id": "i-5", "security_id": "restricted", "date": "2021-01-01",
       "custom_id": "CS-1", "stakeholder_id": "ann", "stock_class_id": "common", "security_law_exemptions": [],
       "share_price": {"amount": "0.10", "currency": "USD"}, "quantity": "960", "stock_legend_ids": ["legend"],
       "vesting_terms_id": "4yr-1yr-cliff-schedule"},
      {"object_type": "TX_EQUITY_COMPENSATION_ACCEPTANCE", "id": "a-1", "security_id": "vesting-ex-3", "date": "2021-01-09"},
      {"object_type": "TX_VESTING_START", "id": "s-1", "security_id": "vesting-ex-3", "date": "2021-01-30",
       "vesting_condition_id": "vesting-start"},
      {"object_type": "TX_VESTING_START", "id": "s-2", "security_id": "founder", "date": "2021-01-01",
       "vesting_condition_id": "vesting-start"},
      {"object_type": "TX_VESTING_START", "id": "s-3", "security_id": "restricted", "date": "2021-01-01",
       "vesting_condition_id": "vesting-start"},
      {"object_type": "TX_VESTING_EVENT", "id": "e-1", "security_id": "vesting-ex-1", "date": "2022-07-14",
       "vesting_condition_id": "qualifying-sale"},
      {"object_type": "TX_EQUITY_COMPENSATION_EXERCISE", "id": "x-1", "security_id": "vesting-ex-3", "date": "2022-12-01",
       "quantity": "100", "resulting_security_ids": ["CS-9", "CS-10"], "consideration_text": "125.00 CAD",
       "comments": ["paid by wire"]},
      {"object_type": "TX_EQUITY_COMPENSATION_CANCELLATION", "id": "c-1", "security_id": "vesting-ex-3", "date": "2023-06-30",
       "quantity": "200", "reason_text": "a smaller role"},
      {"object_type": "TX_EQUITY_COMPENSATION_RETRACTION", "id": "r-1", "security_id": "dated", "date": "2021-12-31",
       "reason_text": "granted by mistake"},
      {"object_type": "TX_VESTING_ACCELERATION", "id": "v-1", "security_id": "founder", "date": "2022-06-15",
       "quantity": "1000", "reason_text": "change in control"},
      {"object_type": "TX_STOCK_REPURCHASE", "id": "b-1", "security_id": "restricted", "date": "2022-06-30",
       "quantity": "600", "price": {"amount": "0.10", "currency": "USD"}, "consideration_text": "60.00 USD"},
      {"object_type": "TX_STOCK_ISSUANCE", "id": "o-1", "security_id": "common", "date": "2020-01-01"},
      {"object_type": "TX_STOCK_CANCELLATION", "id": "o-2", "security_id": "common", "date": "2021-01-01",
       "quantity": "1", "reason_text": "lost"},
      {"object_type": "TX_WARRANT_RETRACTION", "id": "o-3", "security_id": "w", "date": "2021-01-01", "reason_text": "no"}]}
    """#

  /// What the schemas of the format require of each object, and what else they let stand.
  private static let schemas: [String: (required: Set<String>, optional: Set<String>)] = {
    let base: Set<String> = ["object_type", "id", "date", "security_id"]
    let issuance = base.union(["custom_id", "stakeholder_id", "security_law_exemptions", "quantity"])
    let issued: Set<String> = [
      "comments", "board_approval_date", "stockholder_approval_date", "consideration_text",
      "vesting_terms_id",
      "vestings", "stock_class_id", "stock_plan_id",
    ]
    return [
      "TX_EQUITY_COMPENSATION_ISSUANCE": (
        issuance.union(["compensation_type", "expiration_date", "termination_exercise_windows"]),
        issued.union(["option_grant_type", "exercise_price", "base_price", "early_exercisable"])
      ),
      "TX_STOCK_ISSUANCE": (
        issuance.union(["stock_class_id", "share_price", "stock_legend_ids"]),
        issued.union(["share_numbers_issued", "cost_basis", "issuance_type"])
      ),
      "TX_EQUITY_COMPENSATION_ACCEPTANCE": (base, ["comments"]),
      "TX_VESTING_START": (base.union(["vesting_condition_id"]), ["comments"]),
      "TX_VESTING_EVENT": (base.union(["vesting_condition_id"]), ["comments"]),
      "TX_VESTING_ACCELERATION": (base.union(["quantity", "reason_text"]), ["comments"]),
      "TX_EQUITY_COMPENSATION_EXERCISE": (
        base.union(["quantity", "resulting_security_ids"]), ["comments", "consideration_text"]
      ),
      "TX_EQUITY_COMPENSATION_CANCELLATION": (
        base.union(["quantity", "reason_text"]), ["comments", "balance_security_id"]
      ),
      "TX_EQUITY_COMPENSATION_RETRACTION": (base.union(["reason_text"]), ["comments"]),
      "TX_STOCK_REPURCHASE": (
        base.union(["price", "quantity"]), ["comments", "consideration_text", "balance_security_id"]
      ),
    ]
  }()

  private func items(_ text: String) throws -> [String: JSONValue] {
    var items: [String: JSONValue] = [:]
    for item in try JSONValue(parsing: text)["items"]?.array ?? [] { items[item["id"]?.string ?? ""] = item }
    return items
  }

  private func taken(_ folder: TemporaryFolder, _ options: [String]) throws -> Program.Outcome {
    let files = [
      try folder.write(Self.vesting, "VestingTerms.ocf.json"),
      try folder.write(Self.transactions, "Transactions.ocf.json"),
    ]
    return try Program.run(
      Project.program("incentive-equity"),
      ["import-ocf"] + files + ["--out", folder.path + "/plan"] + options)
  }

  private static let plan = """
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
      statements:
        columns:
          payee: payee
          period: period
          options: option.earned
          exercised: option.exercised
          open: option.outstanding
          units: rsu.earned
          lost: rsu.forfeited
          shares: restricted_stock.earned
          bought back: restricted_stock.repurchase
    """

  @Test("a cap table becomes a plan, and the same cap table again, member by member")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let made = try taken(folder, ["--accelerated", "each", "--cancelled", "unvested"])
    #expect(made.code == 0, "\(made.errors)")
    #expect(
      made.errors
        == "passed over: 1 TX_STOCK_CANCELLATION\npassed over: 1 TX_STOCK_ISSUANCE\npassed over: 1 TX_WARRANT_RETRACTION\n"
    )
    let out = try TemporaryFolder()
    let run = try Program.incentive("run", try folder.write(Self.plan, "plan/plan.yaml"), "--out", out.path)
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    // By hand. ann's options: 120 and eleven months of 10 in 2022, six in 2023; then all 190 open ones are cancelled, and
    // 10 of the 290 that have vested. ben's units: the sale of July 2022, 10 of the dated ones before the others are retracted; of
    // 4,800 1,200 after a year and 100 a month, 1,000 of the 3,100 open ones early in June 2022, each of 31 months by
    // 32 or 33. ann's shares: 240 and five months of 20, then 600 of the 620 open ones are bought back, the last first.
    #expect(
      try String(contentsOfFile: out.path + "/statements.csv", encoding: .utf8) == """
        payee,period,options,exercised,open,units,lost,shares,bought back
        ann,2021,0,0,480,0,0,0,0.00
        ann,2022,230,100,380,0,0,360,60.00
        ann,2023,60,0,180,0,0,0,0.00
        ann,2024,0,0,180,0,0,0,0.00
        ann,2025,0,0,180,0,0,0,0.00
        ben,2021,0,0,0,10,20,0,0.00
        ben,2022,0,0,0,3607,0,0,0.00
        ben,2023,0,0,0,813,0,0,0.00
        ben,2024,0,0,0,813,0,0,0.00
        ben,2025,0,0,0,67,0,0,0.00

        """)
    let back = try Program.run(
      Project.program("incentive-equity"),
      ["export-ocf", folder.path + "/plan/equity.yaml", "--out", folder.path + "/ocf"])
    #expect(back.code == 0, "\(back.errors)")
    let terms = try items(String(contentsOfFile: folder.path + "/ocf/VestingTerms.ocf.json", encoding: .utf8))
    let before = try items(Self.vesting)
    #expect(Set(terms.keys) == Set(before.keys))
    for (id, item) in before {
      #expect(terms[id]?["vesting_conditions"] == item["vesting_conditions"], "\(id)")
      #expect(terms[id]?["allocation_type"] == item["allocation_type"])
    }
    let text = try String(contentsOfFile: folder.path + "/ocf/Transactions.ocf.json", encoding: .utf8)
    let exported = try items(text)
    let given = try items(Self.transactions.replacing("TX_PLAN_SECURITY", with: "TX_EQUITY_COMPENSATION"))
      .filter { !$0.key.hasPrefix("o-") }
    #expect(Set(exported.keys) == Set(given.keys))
    for (id, item) in given {
      let other = try #require(exported[id]?.object, "\(id)")
      #expect(Set(other.keys) == Set(item.object?.keys ?? []), "\(id)")
      for (name, value) in item.object?.members ?? [] { #expect(other[name] == value, "\(id) \(name)") }
    }
    #expect(try JSONValue(parsing: text)["file_type"] == "OCF_TRANSACTIONS_FILE")
  }

  @Test("what a plan of one's own exports has what the format's schemas require, and nothing else")
  func schemas() throws {
    let folder = try TemporaryFolder()
    _ = try taken(folder, ["--accelerated", "next", "--cancelled", "vested"])
    // Without what an import has kept, all of it is made anew.
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/plan")
    where file.hasSuffix(".csv") {
      let lines = try String(contentsOfFile: folder.path + "/plan/" + file, encoding: .utf8)
        .split(separator: "\n").map { line in
          line.hasSuffix(",ocf") ? line.dropLast(4) : line.prefix { $0 != "\"" }.dropLast()
        }
      _ = try folder.write(lines.joined(separator: "\n") + "\n", "plan/" + file)
    }
    let back = try Program.run(
      Project.program("incentive-equity"),
      ["export-ocf", folder.path + "/plan/equity.yaml", "--out", folder.path + "/ocf"])
    #expect(back.code == 0, "\(back.errors)")
    let exported = try items(
      String(contentsOfFile: folder.path + "/ocf/Transactions.ocf.json", encoding: .utf8))
    #expect(Set(exported.values.compactMap { $0["object_type"]?.string }).count == Self.schemas.count)
    for (id, item) in exported {
      let schema = try #require(Self.schemas[item["object_type"]?.string ?? ""], "\(id)")
      let keys = Set(item.object?.keys ?? [])
      // Which class a share is of, only a cap table knows.
      let missing = schema.required.subtracting(keys).subtracting(["stock_class_id"])
      #expect(missing.isEmpty, "\(id) has no \(missing)")
      let strange = keys.subtracting(schema.required).subtracting(schema.optional)
      #expect(strange.isEmpty, "\(id) has \(strange)")
    }
  }

  @Test("which units were accelerated or cancelled is asked for where nobody said so")
  func unstated() throws {
    let folder = try TemporaryFolder()
    #expect(try taken(folder, []).code == 0)
    let check = try Program.incentive("check", try folder.write(Self.plan, "plan/plan.yaml"))
    #expect(check.code == 1)
    #expect(check.errors.contains("the plan must state `from`: which units vest early"), "\(check.errors)")
    #expect(check.errors.contains("the plan must state `from`: whether unvested or vested units"))
    let wrong = try taken(folder, ["--cancelled", "all"])
    #expect(wrong.code == 1 && wrong.errors == "error: --cancelled is one of unvested, vested\n")
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
