package import Diagnostics
import Engine
import JSONCore
import PlanCalendar
import PlanModel
import Reports
import Tables

extension PlanSession {
  /// The content of `trace.jsonl`: a line for each payee, period and unit, with the derivation of what was paid.
  package func trace(_ outcome: RunOutcome, payee: Int? = nil, period: Int? = nil) throws(Diagnostic)
    -> [UInt8]
  {
    var bytes: [UInt8] = []
    let data = outcome.result.data
    let periods = period.map { [$0] } ?? Array(outcome.result.periods)
    for payee in payee.map({ $0..<$0 + 1 }) ?? 0..<data.people.count {
      let found = try derivations(outcome, payee: payee, periods: periods)
      for (period, units) in zip(periods, found) {
        for derivation in units {
          let line: JSONValue = [
            "payee": .string(data.people.ids[payee]),
            "period": .string(data.plan.calendar.periods[period].label), "derivation": derivation.json,
          ]
          bytes += line.bytes()
          bytes.append(0x0A)
        }
      }
    }
    return bytes
  }
}
