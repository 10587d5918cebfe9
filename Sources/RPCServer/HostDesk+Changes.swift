import Diagnostics
import Engine
import JSONCore
import JSONRPC
import Money
import PlanAuthoring
import PlanCalendar
import PlanModel
import Reports
import Sessions
import Tables

/// What changes: from one plan to another, and by a deal that is not in the data yet.
extension HostDesk {
  func compare(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let (old, new) = try compared(params)
    let before = try outcome(old, params, context, keepsLines: false)
    let after = try outcome(new, params, context, keepsLines: false)
    let label = try params.optionalString("period")
    let payee = try params.optionalString("payee")
    let (first, second) = (try Sight(role, before.result), try Sight(role, after.result))
    if label != nil { _ = try period(params, second) }
    if payee != nil { _ = try self.payee(params, second) }
    let difference = try difference(first, second, payee: payee, period: label)
    let state: JSONValue = before.isComplete && after.isComplete ? "complete" : "incomplete"
    var answer = JSONObject([("state", state)] + difference.facts.members.map { ($0.key, $0.value) })
    let rows = difference.changed
    try pages.begin(
      Pages.List("changes", count: rows.count) { rows[$0].map(\.json) }, params, in: &answer)
    return .object(answer)
  }

  /// How the pay differs between two runs, as far as the role sees it: of a payee or all, in a period or all.
  func difference(
    _ old: Sight, _ new: Sight, payee: String? = nil, period: String? = nil
  ) throws(RPCError) -> PayDifference {
    do {
      return try PayDifference(
        from: old.pay(payee: payee, period: period), to: new.pay(payee: payee, period: period))
    } catch {
      throw refusal("the pay cannot be compared", [error])
    }
  }

  /// What the edited plan, or another one, says otherwise.
  func diff(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let (old, new) = try compared(params)
    let changes = PlanDifference(old.planFile, new.planFile).changes
    var answer = JSONObject()
    try pages.begin(
      Pages.List("changes", count: changes.count) { changes[$0].map(\.json) }, params, in: &answer)
    return .object(answer)
  }

  /// The two plans of a comparison: the one of `plan` or `path`, and that of `with`, `withPath` or `text`.
  private func compared(_ params: RPCParameters) throws(RPCError) -> (PlanSession, PlanSession) {
    var own = params.value?.object ?? JSONObject()
    let text = own["text"]
    own["text"] = nil
    let old = try session(RPCParameters(.object(own)))
    var other = JSONObject()
    if let id = try params.optionalString("with") {
      other["plan"] = .string(id)
    } else if let path = try params.optionalString("withPath") {
      other["path"] = .string(path)
    } else if let text = text?.string {
      if !role.seesAll { throw RPCError(.forbidden, "the role `\(role.text)` looks at given plans only") }
      let file = PlanFile(bytes: Array(text.utf8), file: old.planFile.file)
      // With modules of its own: those of the old plan hold its terms.
      let new = fresh(file)
      if file.plan == nil { throw refusal("the edited plan has errors", new.diagnostics) }
      return (old, new)
    } else {
      throw RPCError(.invalidParams, "`with`, `withPath` or `text` is wanted: what to compare the plan with")
    }
    return (old, try session(RPCParameters(.object(other))))
  }

  /// What deals that are not in the data yet add to the pay of each person that they touch, and why.
  func estimate(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let session = try session(params)
    guard let plan = session.planFile.plan else { throw refusal("the plan has errors", session.diagnostics) }
    let table = try creditedTable(params, plan)
    guard let rows = params.optional("rows")?.array ?? params.optional("deal").map({ [$0] }), !rows.isEmpty
    else { throw RPCError(.invalidParams, "`deal`, a row, or `rows` is wanted") }
    let given = try GivenRows(["rows": .array(rows)], try schema(table, plan))
    let before = try outcome(session, params, context, keepsLines: true)
    let after = try outcome(session, params, context, keepsLines: true, adding: [table: given.csv])
    let refused = after.rejected.filter { $0.file == PlanSession.RunOptions.addedFile }
    if !refused.isEmpty { throw unusable(refused) }
    let (first, second) = (try Sight(role, before.result), try Sight(role, after.result))
    let difference = try difference(first, second)
    let credits = credits(second, table)
    let touched = Set(difference.changed.map(\.id)).union(credits.keys)
    var payees: [JSONValue] = []
    for row in difference.payees where touched.contains(row.id) {
      guard let payee = second.result.data.people.finder.index(of: row.id) else { continue }
      var derivations: [Derivation] = []
      // Those whose pay changes without a credit, by a rank or a pool, have no explanation by deal.
      for id in (credits[row.id] ?? []).sorted() {
        derivations += (try? session.derivations(after, payee: payee, transaction: id)) ?? []
      }
      var object = row.json.object ?? JSONObject()
      object["credited"] = .bool(credits[row.id] != nil)
      object["explanation"] = .array(derivations.map(json))
      payees.append(.object(object))
    }
    var answer = JSONObject([
      ("state", after.isComplete ? "complete" : "incomplete"), ("currency", .string(plan.currency.code)),
      ("deals", .number(given.count)), ("adds", difference.totals.difference.json),
    ])
    try pages.begin(Pages.List("payees", payees), params, in: &answer)
    return .object(answer)
  }

  /// The table that deals are added to: the only one that rules credit, or the one that is named.
  private func creditedTable(_ params: RPCParameters, _ plan: Plan) throws(RPCError) -> String {
    let credited = Set(plan.credits.compactMap { plan.credits.rowCredit(of: $0.name.text)?.table }).sorted()
    let named = try params.optionalString("table")
    if let named, credited.contains(named) { return named }
    if named == nil, credited.count == 1 { return credited[0] }
    throw RPCError(
      .invalidParams,
      named.map { "no rule credits a table `\($0)`" } ?? "`table` is wanted: the plan credits several",
      data: .array(credited.map { .string($0) }))
  }

  /// The ids of the added rows that each payee is credited with, in periods that are shown.
  private func credits(_ sight: Sight, _ table: String) -> [String: Set<String>] {
    let result = sight.result
    guard let rows = result.data.tables[table] else { return [:] }
    var credits: [String: Set<String>] = [:]
    for lines in result.data.credited.values where lines.table == table {
      for line in 0..<lines.count where lines.row[line] >= 0 {
        let row = Int(lines.row[line])
        guard rows.file(of: row) == PlanSession.RunOptions.addedFile, let ids = rows[lines.idColumn],
          sight.sees(payee: Int(lines.payee[line]), period: Int(lines.period[line]))
        else { continue }
        credits[result.data.people.ids[Int(lines.payee[line])], default: []].insert(ids.display(row))
      }
    }
    return credits
  }

  /// Why rows cannot be added.
  ///
  /// A message may tell of other rows, like that of an id which is there already.
  private func unusable(_ rows: [RejectedRow]) -> RPCError {
    if role.seesAll { return refusal("the deal cannot be used", rows.map { $0.diagnostic(.error) }) }
    return RPCError(
      .diagnostics, "the deal cannot be used",
      data: .array(
        rows.map { row in
          [
            "code": .string(row.code.rawValue), "severity": "error", "message": "the row cannot be used",
            "location": ["file": .string(row.file), "line": .number(row.line)],
          ]
        }))
  }
}
