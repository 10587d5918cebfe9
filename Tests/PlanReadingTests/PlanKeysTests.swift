import Diagnostics
import PlanReading
import Testing
import YAMLSource

/// The description of a plan's keys is that of what the reader reads.
@Suite struct PlanKeysTests {
  // Every kind of mapping that a plan can hold, each with a key that no mapping has.
  private static let plan = """
    zzzzz: 1
    plan: x
    currency: USD
    calendar:
      zzzzz: 1
      period: month
      from: 2026-01-01
      to: 2026-12-31
      payment: {zzzzz: 1, day: 15, weekends: stay}
    data:
      t:
        zzzzz: 1
        csv: "id"
        control: {zzzzz: 1, rows: 1}
        key: id
        columns: {id: text, x: {zzzzz: 1, type: text}, d: date, n: money}
    constants: {k: [{zzzzz: 1, value: 1}]}
    people:
      zzzzz: 1
      table: t
      role: {zzzzz: 1, table: t, person: id, value: x}
      attributes: {a: {zzzzz: 1, table: t, person: id, value: x}}
      pay: {zzzzz: 1, target: n, per: period}
    assigned: {zzzzz: 1, from: 2026-01-01}
    credits:
      r:
        zzzzz: 1
        table: t
        date: d
        amount: n
        to: [{zzzzz: 1, column: x}]
        split: {zzzzz: 1, table: t, row: id, person: id, percent: n, remainder: owner}
        convert: {zzzzz: 1, from: x, table: t, currency: x, date: d, rate: n}
        round: {zzzzz: 1}
      s: {table: t, amount: n, to: x, stages: {a: {zzzzz: 1, date: d, share: 50%}}}
      m: {zzzzz: 1, roll_up: r}
      e: {roll_up: {zzzzz: 1, earnings: c}}
    measures:
      b:
        zzzzz: 1
        sum: amount
        credits: r
        over: year
        quota:
          zzzzz: 1
          table: t
          person: id
          date: d
          amount: n
          against: full
          zero_quota: unmet
          active_days: {zzzzz: 1, from: a, first_day: counted, leave: {zzzzz: 1, table: t}}
          ramp: {zzzzz: 1, since: a, shares: [50%]}
      m1: {margin: {zzzzz: 1, price: n, cost: n, floor: 0}, credits: r, over: year}
      m2: {win_rate: {zzzzz: 1, won: n > 0, out_of: all, by: lines}, credits: r, over: year, round: {}, if_none: 0}
      m3: {growth: {zzzzz: 1, of: b, base: previous}, over: year, round: {places: 2}, if_none: 0}
    components:
      c: {zzzzz: 1, module: m, credits: r, config: {}}
    outputs:
      zzzzz: 1
      statements: {zzzzz: 1, columns: {P: {zzzzz: 1, value: payee, round: {zzzzz: 1}}}}
      lines: {zzzzz: 1, columns: {P: {zzzzz: 1, value: payee}}}
    teams:
      zzzzz: 1
      modules: [{zzzzz: 1, module: m, enabled: true, from: 2026-01-01, reason: r}]
    """

  @Test("every mapping knows the keys that are described, and no others")
  func keys() throws {
    let document = YAMLReader.read(Array(Self.plan.utf8), file: "plan.yaml")
    let root = try #require(document.root)
    let found = PlanReader.read(root, faults: document.diagnostics, sources: [document.source])
    var helps: [SourcePosition: String] = [:]
    for diagnostic in found.diagnostics where diagnostic.code == .unknownKey {
      if case .source(let span)? = diagnostic.location { helps[span.start] = diagnostic.help }
    }
    var count = 0
    func walk(_ node: YAMLNode, _ path: [String]) {
      for pair in node.pairs ?? [] {
        if pair.key == "zzzzz" {
          var described = PlanPlace(path)?.shape.keys.map(\.name) ?? []
          // A rule that passes credit on is told its own keys alone, and so is one over rows.
          if path.count == 2, path[0] == "credits" {
            let passing = ["roll_up", "levels", "shares"]
            described = described.filter { passing.contains($0) == (node["roll_up"] != nil) }
          }
          // So is a way to find the owner, of which there are several.
          if path.contains("to") { described = ["column", "where"] }
          #expect(
            helps[pair.keySpan.start] == Suggestion.help(for: "zzzzz", in: described),
            "\(path.joined(separator: "/"))")
          count += 1
        } else {
          walk(pair.value, path + [pair.key])
        }
      }
      for (place, item) in (node.items ?? []).enumerated() { walk(item, path + [String(place)]) }
    }
    walk(root, [])
    #expect(count == 37)
  }
}
