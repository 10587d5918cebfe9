import ModuleKit
import ModuleProtocol
import Money
import Testing

@testable import Equity

/// What is wrong with the rows, told in words.
@Suite struct GrantFaultTests {
  private func message(_ vesting: String, _ grants: [[String]], more: String = "") -> String {
    do {
      let desk = try Desk(
        #"{"instrument": "rsu", "grants": {"table": "grants", "person": "p", "id": "id", "date": "date", "units": "units"}, "vesting": \#(vesting)\#(more)}"#,
        tables: ["grants": Rows.frame(["payee", "id", "date", "units"], grants)])
      _ = try desk.figures(["2024-01-01", "2030-01-01"])
      return "no fault"
    } catch let fault as CalculationFault {
      return fault.message
    } catch let faults as ConfigFaults {
      return faults.faults.map(\.message).joined(separator: "; ")
    } catch { return "\(error)" }
  }

  private let year =
    #"{"v": {"allocation_type": "FRONT_LOADED", "segments": [{"months": 12, "portion": 1}]}}"#

  @Test("a condition of more units than were granted")
  func overAllocation() {
    let vesting = #"""
      {"v": {"allocation_type": "FRONT_LOADED", "vesting_conditions": [
        {"id": "start", "quantity": "60", "trigger": {"type": "VESTING_START_DATE"}, "next_condition_ids": ["rest"]},
        {"id": "rest", "quantity": "60", "trigger": {"type": "VESTING_SCHEDULE_RELATIVE",
          "relative_to_condition_id": "start", "period": {"length": 1, "type": "DAYS", "occurrences": 1}},
         "next_condition_ids": []}]}}
      """#
    #expect(
      message(vesting, [["0", "G-1", "2024-01-01", "100"]])
        == "grant `G-1`: `rest` vests more than the 100 units that were granted")
  }

  @Test("two grants of one name, and a part of a unit")
  func grants() {
    #expect(
      message(year, [["0", "G-1", "2024-01-01", "1"], ["0", "G-1", "2024-01-01", "1"]])
        == "there are two grants `G-1`")
    #expect(
      message(year, [["0", "G-1", "2024-01-01", "1.50"]])
        == "grant `G-1` is of 3/2 RSUs, which is no number of units")
  }

  @Test("a fixed day less than a year after an A-share grant")
  func aShare() {
    let vesting = #"""
      {"v": {"allocation_type": "FRONT_LOADED", "vesting_conditions": [
        {"id": "a", "portion": 0.5, "trigger": {"type": "VESTING_SCHEDULE_ABSOLUTE", "date": "2025-01-01"}, "next_condition_ids": ["b"]},
        {"id": "b", "portion": 0.5, "trigger": {"type": "VESTING_SCHEDULE_ABSOLUTE", "date": "2026-01-01"}, "next_condition_ids": []}]}}
      """#
    #expect(
      message(vesting, [["0", "G-1", "2024-01-01", "10"]], more: #", "rules": "a-share""#) == "no fault")
    #expect(
      message(vesting, [["0", "G-1", "2024-01-02", "10"]], more: #", "rules": "a-share""#)
        == "grant `G-1`: the first batch, on 2025-01-01, comes less than 12 months after the grant of 2024-01-02"
    )
  }

  @Test("a fraction is kept exactly, or not at all")
  func fractions() throws {
    #expect(try Fraction(1, over: 3) + Fraction(1, over: 6) == Fraction(1, over: 2))
    #expect(try Fraction(-7, over: 2).rounded(to: 0, .halfUp) == -4)
    #expect(Fraction(1, over: 3) < Fraction(34, over: 100))
    #expect(Fraction(25, over: 100).description == "25%" && Fraction(1, over: 48).description == "1/48")
    let large = Fraction(Int128.max)
    #expect(throws: CalculationFault.self) { try large + .one }
    #expect(throws: CalculationFault.self) { try large * Fraction(2) }
  }
}
