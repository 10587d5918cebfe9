import Foundation
import TestSupport
import Testing

/// Columns that are looked up in other tables, by key and by day, held against joins that SQLite makes.
@Suite struct LookupTests {
  /// Deals on the days of two months, of products of which some have no cost on some days, and some none at all.
  private static let deals = (0..<240).map { number in
    (
      id: "D-\(1000 + number * 77 % 240)", day: "2026-0\(1 + number / 120)-\(10 + number * 7 % 19)",
      sku: "P-\(number * 13 % 9)", region: ["east", "west"][number % 2], units: number * 31 % 17 + 1
    )
  }

  /// The cost of a product in a region from a day on, to a day where one is stated.
  private static let costs = (0..<7).flatMap { number in
    ["east", "west"].flatMap { region in
      [
        (
          sku: "P-\(number)", region: region, from: "2026-01-1\(number)", to: "2026-01-2\(number)",
          cost: "\(number + 1).25"
        ),
        (
          sku: "P-\(number)", region: region, from: "2026-02-1\(number)", to: "",
          cost: region == "east" ? "3.10" : "0.40"
        ),
      ]
    }
  }

  private static func plan(_ deals: String) -> String {
    """
    plan: Lookups
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-02-28}
    data:
      people: {csv: "id\\nann\\n", key: id, columns: {id: text}}
    \(deals)
    people: {table: people}
    credits:
      own: {table: deals, date: day, amount: units * cost, where: "cost > 0.40", to: [{person: ann}]}
    components:
      pay: {module: commission, credits: own, config: {rate: 100%, round: {at: line}}}
    """
  }

  private static func statements(
    _ plan: String, _ files: [String: String] = [:], sql: String? = nil
  ) throws -> (code: Int32, text: String, errors: String) {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan, "plan.yaml")
    for (name, text) in files { _ = try folder.write(text, name) }
    if let sql { try Database.write(sql, folder.path + "/crm.db") }
    let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
    let text = (try? String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8)) ?? ""
    return (outcome.code, text, outcome.errors)
  }

  private static let lookups = plan(
    """
      costs:
        file: costs.csv
        columns: {sku: text, area: text, first: date, last: date?, cost: money}
      deals:
        file: deals.csv
        key: id
        columns:
          id: text
          day: date
          sku: text
          region: text
          units: integer
          cost:
            lookup:
              table: costs
              column: cost
              match: {sku: sku, area: region}
              date: day
              from: first
              to: last
              missing: zero
    """)

  private static func files(
    _ deals: [(id: String, day: String, sku: String, region: String, units: Int)],
    _ costs: [(sku: String, region: String, from: String, to: String, cost: String)]
  ) -> [String: String] {
    [
      "deals.csv": "id,day,sku,region,units\n"
        + deals.map { "\($0.id),\($0.day),\($0.sku),\($0.region),\($0.units)\n" }.joined(),
      "costs.csv": "sku,area,first,last,cost\n"
        + costs.map { "\($0.sku),\($0.region),\($0.from),\($0.to),\($0.cost)\n" }.joined(),
    ]
  }

  @Test("a dated lookup over two columns finds what a join of SQLite finds, in whatever order the rows come")
  func joined() throws {
    let sql =
      "CREATE TABLE deals (id, day, sku, region, units); CREATE TABLE costs (sku, area, first, last, cost TEXT);\n"
      + Self.deals.map {
        "INSERT INTO deals VALUES ('\($0.id)', '\($0.day)', '\($0.sku)', '\($0.region)', \($0.units));\n"
      }.joined()
      + Self.costs.map {
        "INSERT INTO costs VALUES ('\($0.sku)', '\($0.region)', '\($0.from)', '\($0.to)', '\($0.cost)');\n"
      }.joined()
    let reference = try Self.statements(
      Self.plan(
        """
          deals:
            sqlite:
              file: crm.db
              query: |
                SELECT d.*, coalesce(c.cost, '0') AS cost FROM deals AS d LEFT JOIN costs AS c
                ON c.sku = d.sku AND c.area = d.region AND c.first <= d.day AND (c.last = '' OR d.day <= c.last)
            key: id
            columns: {id: text, day: date, sku: text, region: text, units: integer, cost: money}
        """), sql: sql)
    #expect(reference.code == 0, "\(reference.errors)")
    let found = try Self.statements(Self.lookups, Self.files(Self.deals, Self.costs))
    #expect(found.code == 0 && found.text == reference.text, "\(found.errors)")
    let turned = try Self.statements(
      Self.lookups, Self.files(Self.deals.sorted { $0.sku > $1.sku }, Self.costs.reversed()))
    #expect(turned.code == 0 && turned.text == reference.text)
  }

  @Test("without a last column a row holds until the next of its key")
  func untilNext() throws {
    let plan = Self.lookups.replacingOccurrences(of: "to: last", with: "")
    let costs = [
      (sku: "P-1", region: "east", from: "2026-02-01", to: "", cost: "2.00"),
      (sku: "P-1", region: "east", from: "2026-01-01", to: "", cost: "1.00"),
    ]
    let days = ["2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28"]
    let deals = days.enumerated().map { place, day in
      (id: "D-\(place)", day: day, sku: "P-1", region: "east", units: 10)
    }
    let paid = try Self.statements(plan, Self.files(deals, costs))
    #expect(paid.code == 0, "\(paid.errors)")
    // 10 × 1.00 twice, then 10 × 2.00 twice.
    #expect(paid.text.contains("2026-01,") && paid.text.contains(",20.00") && paid.text.contains(",40.00"))
  }

  @Test("rows whose days overlap are rejected, and what asks for them with them")
  func overlapping() throws {
    let plan = Self.lookups.replacingOccurrences(of: "missing: zero", with: "missing: reject")
    let costs = [
      (sku: "P-1", region: "east", from: "2026-01-01", to: "2026-01-31", cost: "1.00"),
      (sku: "P-1", region: "east", from: "2026-01-31", to: "", cost: "2.00"),
      (sku: "P-2", region: "east", from: "2026-02-02", to: "2026-02-01", cost: "3.00"),
      (sku: "P-3", region: "east", from: "2026-01-01", to: "", cost: "4.00"),
    ]
    let deals = [
      (id: "D-1", day: "2026-01-05", sku: "P-1", region: "east", units: 1),
      (id: "D-2", day: "2026-01-05", sku: "P-33", region: "east", units: 1),
      (id: "D-3", day: "2026-01-05", sku: "P-3", region: "east", units: 1),
      (id: "D-4", day: "2025-12-31", sku: "P-3", region: "east", units: 1),
    ]
    let outcome = try Self.statements(plan, Self.files(deals, costs))
    #expect(outcome.code == 1)
    for words in [
      "costs.csv:2 (first): error: the days of `P-1, east` overlap those of another row [overlapping-dates]",
      "costs.csv:3 (first): error: the days of `P-1, east` overlap those of another row [overlapping-dates]",
      "costs.csv:4 (last): error: the row ends on 2026-02-01, before it begins on 2026-02-02 [dates-reversed]",
      "deals.csv:2 (cost): error: no row of `P-1, east` in table `costs` holds on 2026-01-05 [dangling-key]",
      "deals.csv:3 (cost): error: `P-33, east` is not in table `costs` [dangling-key]",
      "deals.csv:5 (cost): error: no row of `P-3, east` in table `costs` holds on 2025-12-31 [dangling-key]",
    ] { #expect(outcome.errors.contains(words), "\(words) in \(outcome.errors)") }
    #expect(outcome.text.contains(",4.00"))
  }
}
