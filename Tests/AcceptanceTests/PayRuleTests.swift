import Foundation
import TestSupport
import Testing

/// Rules of pay where plan, data and module meet: keys of tables, numbers on shared rows, measures that hold more than
/// is paid.
@Suite struct PayRuleTests {
  private static let plan = """
    plan: Rules
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-03-31}
    data:
      people: {csv: "id,role\\nann,rep\\nben,rep\\n", key: id, columns: {id: text, role: text}}
      roles:
        csv: "person,role,from\\nann,trainee,2026-01-01\\nann,rep,2026-02-15\\nben,rep,2026-01-01\\n"
        columns: {person: text, role: text, from: date}
      quotas: {csv: "person,day,amount\\nann,2026-01-01,100000\\nben,2026-01-01,100000\\n", columns: {person: text, day: date, amount: money}}
      deals:
        csv: |
          id,date,owner,product,seats,discount,online,amount
          D-1,2026-01-10,ann,core,10,1%,true,60000
          D-2,2026-02-10,ann,core,5,2.50%,false,30000
          D-3,2026-02-20,ann,core,8,1%,true,20000
          D-4,2026-03-05,ben,add-on,7,0%,false,95000
          D-5,2026-03-06,ben,core,4,5%,false,10000
        key: id
        columns: {id: text, date: date, owner: text, product: text, seats: integer, discount: percent, online: boolean, amount: money}
      splits:
        csv: "deal,person,percent\\nD-1,ann,66.67%\\nD-1,ben,33.33%\\n"
        columns: {deal: text, person: text, percent: percent}
    people: {table: people, role: {table: roles, person: person, value: role, from: from}}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
      shared:
        table: deals
        date: date
        amount: amount
        to: owner
        split: {table: splits, row: deal, person: person, percent: percent, remainder: owner}
    measures:
      bookings:
        sum: amount
        credits: own
        over: quarter
        quota: {table: quotas, person: person, date: day, amount: amount, against: full, zero_quota: unmet}
      seats: {sum: seats, credits: shared, over: period}
    components:
      pay:
        module: commission
        credits: own
        measure: bookings
        config: {rate: 10%, round: {at: line}}

    """

  /// The plan with a split that says how seats are counted, and other changes.
  private func plan(_ folder: TemporaryFolder, seats: String? = "full", _ changes: (String, String)...) throws
    -> String
  {
    var text = Self.plan
    if let seats {
      text = text.replacing("remainder: owner}", with: "remainder: owner, quantities: {seats: \(seats)}}")
    }
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    return try folder.write(text, "plan.yaml")
  }

  private func check(seats: String? = "full", _ change: (String, String)) throws -> String {
    let folder = try TemporaryFolder()
    return try Program.incentive("check", plan(folder, seats: seats, change)).errors
  }

  /// What `column` shows for each payee and period, as `payee period figure`.
  private func figures(
    _ column: String, seats: String = "full", _ changes: (String, String)...
  ) throws -> [String] {
    let folder = try TemporaryFolder()
    var plan = try plan(folder, seats: seats)
    var text = try String(contentsOfFile: plan, encoding: .utf8)
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    plan = try folder.write(text, "plan.yaml")
    let outcome = try Program.incentive("run", plan, "--out", folder.path + "/out")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let rows = CSVRows.read(try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8))
    return rows.map { "\($0["payee"] ?? "") \(($0["period"] ?? "").suffix(2)) \($0[column] ?? "")" }
  }

  private static let flat = "{rate: 10%, round: {at: line}}"

  @Test(
    "keys that no cell of the column can be, and keys of one value, are refused where they stand",
    arguments: [
      ("discount", "1%: 1%, 0.01: 2%", "`0.01` and `1%` are the same number"),
      ("discount", "low: 1%", "`low` is never in column `discount`, which holds numbers"),
      ("seats", "10.0: 1%, 10: 2%", "`10` and `10.0` are the same number"),
      ("online", "yes: 1%", "`yes` is never in column `online`, which holds `true` and `false`"),
      ("date", "2026-01-32: 1%", "`2026-01-32` is never in column `date`, which holds dates"),
    ])
  func keys(column: String, table: String, words: String) throws {
    let said = try check(
      (Self.flat, "{rate: {by: \(column), table: {\(table)}, otherwise: 0}, round: {at: line}}"))
    #expect(said.contains("error: \(words) [wrong-value]"), "\(said)")
    #expect(said.hasSuffix("\n1 error\n"), "\(said)")
  }

  @Test("keys are compared with numbers, days and truth values by what they are")
  func values() throws {
    func pay(_ rate: String) throws -> [String] {
      try figures("pay", (Self.flat, "{rate: {\(rate), otherwise: 0}, round: {at: line}}"))
    }
    #expect(
      try pay("by: discount, table: {1.0%: 10%, 2.5%: 1%}") == [
        "ann 01 6000.00", "ann 02 2300.00", "ann 03 0.00", "ben 01 0.00", "ben 02 0.00", "ben 03 0.00",
      ])
    #expect(try pay("by: seats, table: {7.0: 10%, 4: 1%}").last == "ben 03 9600.00")
    #expect(try pay("by: online, table: {true: 10%}").prefix(2) == ["ann 01 6000.00", "ann 02 2000.00"])
    #expect(try pay("by: date, table: {2026-03-06: 10%}").last == "ben 03 1000.00")
  }

  @Test(
    "numbers on shared rows are asked about, in terms and in measures",
    arguments: [
      ("seats: {sum", "seats: {sum"),
      (
        "  seats: {sum: seats, credits: shared, over: period}\ncomponents:\n  pay:\n    module: commission\n    credits: own\n    measure: bookings\n    config: {rate: 10%",
        "components:\n  pay:\n    module: commission\n    credits: shared\n    measure: bookings\n    config: {per_unit: {amount: 5, units: seats}"
      ),
    ])
  func asked(old: String, new: String) throws {
    let said = try check(seats: nil, (old, new))
    #expect(said.hasSuffix("\n1 error\n") && said.contains("[unstated-rule]"), "\(said)")
    #expect(said.contains("whether each person of a shared row counts all of `seats` or their share"))
    #expect(said.contains("write `quantities: {seats: share}` or `{seats: full}` in the split"))
  }

  @Test("each person of a shared row counts all of a number, or exactly their share")
  func quantities() throws {
    let perSeat = (
      "credits: own\n    measure: bookings\n    config: {rate: 10%",
      "credits: shared\n    measure: bookings\n    config: {per_unit: {amount: 5, units: seats}"
    )
    // 10 seats at 66.67 % and 33.33 % are 6.667 and 3.333; 5.00 a seat.
    #expect(
      try figures("pay", seats: "share", perSeat).filter { $0.contains(" 01 ") } == [
        "ann 01 33.34", "ben 01 16.66",
      ])
    #expect(
      try figures("pay", seats: "full", perSeat).filter { $0.contains(" 01 ") } == [
        "ann 01 50.00", "ben 01 50.00",
      ])
    #expect(
      try figures("seats", seats: "share").filter { $0.contains(" 01 ") } == [
        "ann 01 6.667000", "ben 01 3.333000",
      ])
    #expect(
      try figures("seats", seats: "full").filter { $0.contains(" 01 ") } == ["ann 01 10", "ben 01 10"])
  }

  private static let tiers =
    "{tiers: {by: attainment, method: marginal, over: to-date, bands: [{to: 100%, rate: 10%}, {rate: 15%}]}, round: {at: line}}"

  @Test("marginal bands go on from where the measure stands when the component begins to pay")
  func standing() throws {
    // Ann is a rep since February 15, with 90,000 of her 100,000: 10,000 at 10% and 10,000 at 15%.
    let byRole = try figures(
      "pay", (Self.flat, Self.tiers),
      ("measure: bookings\n", "measure: bookings\n    payees: payee.role == \"rep\"\n"))
    #expect(byRole.prefix(3) == ["ann 01 0.00", "ann 02 2500.00", "ann 03 0.00"])
    // In force since February 1: 30,000 and 20,000 follow 60,000.
    let fromDay = try figures(
      "pay", (Self.flat, Self.tiers), ("measure: bookings\n", "measure: bookings\n    from: 2026-02-01\n"))
    #expect(fromDay.prefix(3) == ["ann 01 0.00", "ann 02 5500.00", "ann 03 0.00"])
    // Ben's 95,000 of another product come first: 5,000 at 10% and 5,000 at 15%.
    let byProduct = try figures(
      "pay", (Self.flat, Self.tiers),
      ("measure: bookings\n", "measure: bookings\n    where: product == \"core\"\n"))
    #expect(byProduct.last == "ben 03 1250.00")
  }

  @Test("bands by amount ask whether what is measured and not paid counts")
  func counted() throws {
    let byAmount = Self.tiers.replacing("by: attainment", with: "by: amount").replacing(
      "100%", with: "100000")
    let since = ("measure: bookings\n", "measure: bookings\n    from: 2026-02-01\n")
    let said = try check((Self.flat + "\n", byAmount + "\n    from: 2026-02-01\n"))
    #expect(said.contains("the plan must state `counted`") && said.contains("[unstated-rule]"), "\(said)")
    let measured = byAmount.replacing("to-date,", with: "to-date, counted: measured,")
    #expect(try figures("pay", (Self.flat, measured), since)[1] == "ann 02 5500.00")
    let paid = byAmount.replacing("to-date,", with: "to-date, counted: paid,")
    #expect(try figures("pay", (Self.flat, paid), since)[1] == "ann 02 5000.00")
  }

  @Test("a factor may go by what another component pays, wherever that stands; a circle is told")
  func earned() throws {
    func terms(_ other: String) -> String {
      "{rate: 10%, multipliers: [{by: {earned: \(other)}, edge: upper, bands: [{to: 5000, factor: 1}, {factor: 2}]}], round: {at: line}}"
    }
    let base = "\n  base:\n    module: commission\n    credits: own\n    config: "
    // The base pays 6,000, 5,000 and 10,500: each doubles the factor.
    #expect(
      try figures("pay", (Self.flat, terms("base") + base + Self.flat)) == [
        "ann 01 12000.00", "ann 02 10000.00", "ann 03 0.00", "ben 01 0.00", "ben 02 0.00",
        "ben 03 21000.00",
      ])
    let circle = try check((Self.flat, terms("base") + base + terms("pay")))
    #expect(circle.contains("[component-cycle]"), "\(circle)")
    let unknown = try check((Self.flat, terms("bse") + base + Self.flat))
    #expect(unknown.contains("there is no column `bse.earned`"), "\(unknown)")
  }

  @Test("an explanation says where a number comes from, and where on the walk a line begins")
  func reasons() throws {
    let folder = try TemporaryFolder()
    let rate =
      "{rate: {by: attainment, edge: upper, bands: [{to: 100%, rate: 5%}, {rate: {by: product, table: {core: 7%}, otherwise: 6%}}]}, round: {at: line}}"
    let matrix = try plan(folder, (Self.flat, rate))
    let said = try Program.incentive("explain", matrix, "--payee", "ann", "--period", "2026-02").output
    #expect(said.contains("30,000.00 × 7% (attainment 110%)"), "\(said)")
    let walked = try plan(
      folder, (Self.flat, Self.tiers), ("measure: bookings\n", "measure: bookings\n    from: 2026-02-01\n"))
    let steps = try Program.incentive("explain", walked, "--payee", "ann", "--period", "2026-02").output
    #expect(steps.contains("30,000.00 × 10%, from 60,000.00 on"), "\(steps)")
    let held = try plan(
      folder, (Self.flat, "{rate: 10%, review: {above: 50000}, round: {at: line}}"))
    let notes = try Program.incentive("explain", held, "--payee", "ann", "--period", "2026-01").output
    #expect(notes.contains("held for review: 60,000.00 is more than 50,000"), "\(notes)")
    #expect(notes.contains("held 6,000.00: would be earned, but is under review"), "\(notes)")
  }
}
