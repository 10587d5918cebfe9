import TestSupport
import Testing

/// Bonuses of each kind, held against a second computation in another language.
@Suite struct BonusTests {
  @Test("random pools are paid out to the last cent, and other bonuses pay what a second computation says")
  func reference() throws {
    let outcome = try Program.run(
      try #require(Program.python),
      [Project.path("Tests/Support/bonus_reference.py"), "1000", "--", Project.program("incentive-bonus")])
    #expect(
      outcome.code == 0 && outcome.output == "1000 of each kind of bonus, 0 differ\n", "\(outcome.output)")
  }
}
