import Foundation
import Money
import TestSupport
import Testing

/// Real data, and reference answers that were computed elsewhere.
@Suite(.enabled(if: Project.shared != nil, "needs ../shared/data/adventureworks"))
struct AdventureWorksTests {
  private let data = (Project.shared ?? "") + "/data/adventureworks"

  /// The rows that a run of the plan gives, after `changes` to its text.
  private func rows(_ file: String = "statements.csv", _ changes: [(String, String)] = []) throws -> [[String:
    String]]
  {
    var plan = try Project.text("Plans/adventureworks/plan.yaml")
    for (old, new) in changes {
      try #require(plan.contains(old), "the plan has no `\(old)` to change")
      plan = plan.replacingOccurrences(of: old, with: new)
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(plan, "plan.yaml")
    let outcome = try Program.incentive("run", path, "--data", data, "--out", folder.path + "/out")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return CSVRows.read(try String(contentsOfFile: folder.path + "/out/" + file, encoding: .utf8))
  }

  private func reference(_ name: String) throws -> [[String: String]] {
    let rows = CSVRows.read(try String(contentsOfFile: data + "/" + name, encoding: .utf8))
    try #require(!rows.isEmpty)
    return rows
  }

  private func number(_ row: [String: String], _ key: String) throws -> ExactDecimal {
    try #require(row[key].flatMap { ExactDecimal($0) }, "\(key): \(row[key] ?? "missing")")
  }

  private let calendarStarts = """
      starts:
        - 2011-05-31
        - 2011-08-31
        - 2011-12-01
        - 2012-02-29
        - 2012-05-30
        - 2012-08-30
        - 2012-11-30
        - 2013-02-28
        - 2013-05-30
        - 2013-08-30
        - 2013-11-30
        - 2014-03-01
      to: 2014-05-31
    """

  private let exactRounding = [
    (
      "rate: {column: payee.commission_pct}\n      round: {at: period, places: 2, mode: half-up}",
      "rate: {column: payee.commission_pct}\n      round: {at: line, places: 7, mode: half-even}"
    )
  ]
  private let orderRounding = [
    (
      "rate: {column: payee.commission_pct}\n      round: {at: period, places: 2, mode: half-up}",
      "rate: {column: payee.commission_pct}\n      round: {at: line, places: 2, mode: half-up}"
    )
  ]

  /// Compares every reference row with our row of the same key, for each kind of rounding.
  private func compare(
    _ references: [[String: String]], key: (String, String)?, _ calendar: [(String, String)],
    checksAttainment: Bool = true
  ) throws {
    func find(_ rows: [[String: String]], _ wanted: [String: String]) throws -> [String: String] {
      let found = rows.filter { row in
        row["business_entity_id"] == wanted["business_entity_id"]
          && (key.map { row[$0.0] == wanted[$0.1] } ?? true)
      }
      try #require(found.count == 1, "\(found.count) rows for \(wanted)")
      return found[0]
    }
    let byPeriod = try rows("statements.csv", calendar)
    let exact = try rows("statements.csv", calendar + exactRounding)
    let byOrder = try rows("statements.csv", calendar + orderRounding)
    for wanted in references {
      let row = try find(byPeriod, wanted)
      #expect(try number(row, "orders") == number(wanted, "orders"))
      #expect(try number(row, "sales_credited") == number(wanted, "sales_credited"))
      if wanted["quota"] != "" {
        #expect(try number(row, "quota") == number(wanted, "quota"))
        if checksAttainment { #expect(try number(row, "attainment") == number(wanted, "attainment")) }
      } else {
        #expect(try number(row, "quota") == .zero)
      }
      #expect(try number(row, "commission") == number(wanted, "commission_rounded"))
      #expect(try number(find(exact, wanted), "commission") == number(wanted, "commission_exact"))
      #expect(
        try number(find(byOrder, wanted), "commission") == number(wanted, "commission_sum_of_order_rounded"))
    }
  }

  @Test("the 163 quota periods equal the reference, exact and with both roundings")
  func quotaPeriods() throws {
    let references = try reference("reference_quota_period.csv")
    #expect(references.count == 163)
    try compare(references, key: ("period_start", "period_start"), [])
  }

  @Test("the 179 calendar quarters equal the reference")
  func calendarQuarters() throws {
    let references = try reference("reference_calendar_quarter.csv")
    #expect(references.count == 179)
    let quarters = [
      (calendarStarts, "  period: quarter\n  from: 2011-04-01\n  to: 2014-06-30"),
      ("period_start: start", "period: period"),
    ]
    try compare(references, key: ("period", "calendar_quarter"), quarters)
  }

  @Test("the whole history of the 17 salespeople equals the reference")
  func wholeHistory() throws {
    let references = try reference("reference_salesperson_total.csv")
    #expect(references.count == 17)
    try compare(references, key: nil, [(calendarStarts, "  starts: [2011-05-31]\n  to: 2014-06-30")])
  }

  @Test("sales since 2013-05-30 equal Microsoft's stored sales_ytd for 17 of 17")
  func salesYearToDate() throws {
    let rows = try rows("statements.csv", [(calendarStarts, "  starts: [2013-05-30]\n  to: 2014-06-30")])
    let stored = try reference("sales_person.csv")
    #expect(stored.count == 17)
    for person in stored {
      let row = try #require(rows.first { $0["business_entity_id"] == person["business_entity_id"] })
      #expect(try number(row, "sales_credited") == number(person, "sales_ytd"))
    }
  }

  @Test("the accelerator on halved quotas equals an independent computation with Python's decimals")
  func accelerator() throws {
    let python = try #require(Program.python)
    let outcome = try Program.run(
      python, [Project.path("Tests/Support/adventureworks_accelerator.py"), data])
    try #require(outcome.code == 0, "\(outcome.errors)")
    let references = CSVRows.read(outcome.output)
    #expect(references.count == 163)
    let rows = try rows()
    var fired = 0
    for wanted in references {
      let row = try #require(
        rows.first {
          $0["business_entity_id"] == wanted["business_entity_id"]
            && $0["period_start"] == wanted["period_start"]
        })
      #expect(try number(row, "accelerator") == number(wanted, "accelerator"), "\(wanted)")
      if try number(wanted, "accelerator") > .zero { fired += 1 }
    }
    #expect(fired > 100, "the accelerator must really fire")
  }
}
