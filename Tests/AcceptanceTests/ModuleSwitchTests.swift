import Foundation
import JSONCore
import TestSupport
import Testing

/// Modules that admins switch on and off for teams, in the plan's own file.
@Suite struct ModuleSwitchTests {
  private static let plan = """
    plan: Switches   # a comment
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-03-31}

    data:
      people:
        csv: |
          id,team
          ann,North
          ben,South
        key: id
        columns: {id: text, team: text}
      quotas:
        csv: |
          person,month,amount
          ann,2026-01,100
          ann,2026-02,100
          ann,2026-03,100
        columns: {person: text, month: text, amount: money}
      deals:
        csv: |
          id,date,owner,amount
          D-1,2026-01-15,ann,1000.00
          D-2,2026-02-10,ann,1000.00
          D-3,2026-02-20,ann,1000.00
          D-4,2026-02-10,ben,1000.00
        key: id
        columns: {id: text, date: date, owner: text, amount: money}
    people: {table: people, team: team}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    measures:
      sales:
        sum: amount
        credits: own
        over: period
        quota: {table: quotas, person: person, period: month, amount: amount, zero_quota: unmet}
    components:
      pay: {module: commission, credits: own, config: {rate: 10%, round: {at: line}}}
      bonus:
        module: bonus
        credits: own
        measure: sales
        config: {steps: [{at_least: 100%, amount: 500}], paid: window-end}
    """

  private static func modules(_ folder: TemporaryFolder, _ arguments: String...) throws -> Program.Outcome {
    try Program.incentive(["modules"] + arguments + ["--plan", "plan.yaml"], folder: folder.path)
  }

  private static func statements(_ folder: TemporaryFolder) throws -> [[String: String]] {
    let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return CSVRows.read(try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8))
  }

  private static func text(_ folder: TemporaryFolder, _ name: String = "plan.yaml") throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  @Test("a line counts by its day, a bonus by the period's last day, and the statement says why")
  func days() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan + "\n", "plan.yaml")
    for module in ["commission", "bonus"] {
      let outcome = try Self.modules(
        folder, "disable", module, "--team", "North", "--from", "2026-02-15", "--to", "2026-03-10",
        "--reason", "pilot: two", "--as", "admin", "--by", "mei")
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    let rows = try Self.statements(folder)
    func pay(_ payee: String, _ period: String) -> [String?] {
      let row = rows.first { $0["payee"] == payee && $0["period"] == period }
      return ["pay", "bonus"].map { row?[$0] }
    }
    #expect(pay("ann", "2026-01") == ["100.00", "500.00"])
    // The deal of February 10 counts, that of the 20th does not, and February's last day lies in the switch.
    #expect(pay("ann", "2026-02") == ["100.00", "0.00"])
    #expect(pay("ben", "2026-02") == ["100.00", "0.00"])
    let notes = rows.first { $0["payee"] == "ann" && $0["period"] == "2026-02" }?["notes"] ?? ""
    #expect(
      notes == "pay: commission is off for team North from 2026-02-15 to 2026-03-10: pilot: two; "
        + "bonus: bonus is off for team North from 2026-02-15 to 2026-03-10: pilot: two")
    #expect(rows.first { $0["payee"] == "ben" }?["notes"] == "")
    let explained = try Program.incentive(
      ["explain", "plan.yaml", "--payee", "ann", "--period", "2026-02"], folder: folder.path)
    #expect(explained.output.contains("bonus is off for team North from 2026-02-15 to 2026-03-10"))
  }

  @Test("a switch leaves every other byte as it is, and is logged with who and when")
  func bytes() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan + "\n", "plan.yaml")
    let arguments = ["--from", "2026-02-01", "--reason", "pilot", "--as", "admin", "--by", "mei"]
    #expect(try Self.modules(folder, "disable", "bonus", arguments).code == 0)
    let first = try Self.text(folder)
    let entry = "    - {module: bonus, enabled: false, from: 2026-02-01, reason: pilot, by: mei}\n"
    #expect(first == Self.plan + "\n\nteams:\n  modules:\n" + entry)
    #expect(try Self.modules(folder, "disable", "commission", arguments).code == 0)
    #expect(try Self.text(folder) == first + entry.replacingOccurrences(of: "bonus", with: "commission"))
    let log = try Self.text(folder, "module-switches.jsonl").split(separator: "\n")
    #expect(log.count == 2)
    let record = try JSONValue(parsing: String(log[0]))
    #expect(
      record["by"]?.string == "mei" && record["module"]?.string == "bonus" && record["enabled"] == false)
    #expect(record["at"]?.string?.hasSuffix("Z") == true)
  }

  @Test(
    "switches are added to what is there, however it is laid out",
    arguments: [
      (
        "teams:   # who\n  # above whom\n  parents: {North: All}\n\n# the end\n",
        "teams:   # who\n  # above whom\n  modules:\n    - ENTRY\n  parents: {North: All}\n\n# the end\n"
      ),
      (
        "teams:\n  modules:\n  - module: bonus\n    enabled: true\n    from: 2025-01-01\n    reason: start # so\n\n  # above\n  parents: {North: All}\n",
        "teams:\n  modules:\n  - module: bonus\n    enabled: true\n    from: 2025-01-01\n    reason: start # so\n  - ENTRY\n\n  # above\n  parents: {North: All}\n"
      ),
      (
        "teams:\r\n  modules:\r\n    - {module: bonus, enabled: true,\r\n       from: 2025-01-01, reason: start\r\n      }\r\n",
        "teams:\r\n  modules:\r\n    - {module: bonus, enabled: true,\r\n       from: 2025-01-01, reason: start\r\n      }\r\n    - ENTRY\r\n"
      ),
    ])
  func layouts(before: String, after: String) throws {
    let folder = try TemporaryFolder()
    let plan =
      before.contains("\r")
      ? Self.plan.replacingOccurrences(of: "\n", with: "\r\n") + "\r\n" : Self.plan + "\n"
    _ = try folder.write(plan + before, "plan.yaml")
    let outcome = try Self.modules(
      folder, "enable", "bonus", "--team", "North", "--from", "2026-02-01", "--reason", "pilot", "--as",
      "admin",
      "--by", "mei")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let entry = "{module: bonus, team: North, enabled: true, from: 2026-02-01, reason: pilot, by: mei}"
    #expect(try Self.text(folder) == plan + after.replacingOccurrences(of: "ENTRY", with: entry))
  }

  @Test("disabling and enabling from the same day to the same day changes no pay")
  func backAndForth() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan + "\n", "plan.yaml")
    let before = try Self.statements(folder)
    let common = ["--reason", "x", "--as", "admin", "--by", "mei"]
    #expect(try Self.modules(folder, "disable", "bonus", ["--from", "2026-01-10"] + common).code == 0)
    #expect(try Self.modules(folder, "enable", "bonus", ["--from", "2026-01-11"] + common).code == 0)
    for (row, was) in zip(try Self.statements(folder), before) {
      for key in ["payee", "period", "pay", "bonus", "total"] { #expect(row[key] == was[key]) }
    }
  }

  @Test("a dry run shows who would get what, and writes nothing")
  func dryRun() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan + "\n", "plan.yaml")
    let outcome = try Self.modules(
      folder, "disable", "bonus", "--team", "North", "--from", "2026-02-01", "--reason", "x", "--as", "admin",
      "--dry-run")
    #expect(outcome.code == 0, "\(outcome.errors)")
    // January's bonus of 500.00 stays, February's goes; commission is 300.00 and 100.00.
    #expect(
      outcome.output == """
        payee  name    before   after  difference
        ─────  ────  ────────  ──────  ──────────
        ann    ann   1,300.00  800.00     -500.00
        0 better off, 1 worse off by 500.00, 1 as before
        total 1,400.00 → 900.00 USD (-500.00)

        """)
    #expect(try Self.text(folder) == Self.plan + "\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/module-switches.jsonl"))
  }

  @Test(
    "what cannot be switched is refused, and nothing is written",
    arguments: [
      (["bonus", "--from", "2026-02-01", "--reason", "x"], 2, "modules are switched by admins"),
      (["bonus", "--from", "2026-02-01", "--reason", "x", "--as", "finance"], 2, "not as finance"),
      (["bonis", "--from", "2026-02-01", "--reason", "x", "--as", "admin"], 1, "did you mean `bonus`?"),
      (["bonus", "--from", "2026-02-30", "--reason", "x", "--as", "admin"], 2, "is not a day"),
      (
        ["bonus", "--from", "2026-02-02", "--to", "2026-02-01", "--reason", "x", "--as", "admin"], 1,
        "the switch ends before it begins"
      ),
    ] as [([String], Int32, String)])
  func refused(arguments: [String], code: Int32, message: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan + "\n", "plan.yaml")
    let outcome = try Self.modules(folder, "disable", arguments)
    #expect(outcome.code == code)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try Self.text(folder) == Self.plan + "\n")
  }

  @Test("a list in brackets is refused rather than taken apart")
  func brackets() throws {
    let folder = try TemporaryFolder()
    let plan =
      Self.plan + "\nteams: {modules: [{module: bonus, enabled: false, from: 2026-01-01, reason: a}]}\n"
    _ = try folder.write(plan, "plan.yaml")
    let outcome = try Self.modules(
      folder, "enable", "bonus", "--from", "2026-02-01", "--reason", "x", "--as", "admin")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("the switches cannot be added to as they are written here"))
    #expect(try Self.text(folder) == plan)
  }

  @Test("switches in an included file are written there")
  func included() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan + "\ninclude: teams.yaml\n", "plan.yaml")
    _ = try folder.write("teams:\n  parents: {North: All, South: All}\n", "teams.yaml")
    let outcome = try Self.modules(
      folder, "disable", "commission", "--team", "All", "--from", "2026-01-01", "--reason", "x", "--as",
      "admin",
      "--by", "mei")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try Self.text(folder, "teams.yaml").contains("- {module: commission, team: All"))
    #expect(try Self.statements(folder).allSatisfy { $0["pay"] == "0.00" })
  }
}

extension ModuleSwitchTests {
  private static func modules(
    _ folder: TemporaryFolder, _ verb: String, _ module: String, _ rest: [String]
  ) throws -> Program.Outcome {
    try Program.incentive(["modules", verb, module] + rest + ["--plan", "plan.yaml"], folder: folder.path)
  }

  private static func modules(
    _ folder: TemporaryFolder, _ verb: String, _ arguments: [String]
  ) throws -> Program.Outcome {
    try Program.incentive(["modules", verb] + arguments + ["--plan", "plan.yaml"], folder: folder.path)
  }
}
