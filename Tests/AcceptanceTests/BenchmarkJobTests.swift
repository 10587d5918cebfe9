import Foundation
import TestSupport
import Testing

/// The plans that the benchmarks time, on little data, against the same plans computed by other programs.
@Suite(.enabled(if: BenchmarkData.isThere, "needs ../shared/bench"))
struct BenchmarkJobTests {
  @Test("a plan year of 300 payees equals an independent computation, line by line")
  func planYear() throws {
    try expectEqual(
      "Plans/benchmark/plan.yaml", BenchmarkData.bench + "/peers/p_python.py", payees: 300, lines: 5000)
  }

  @Test(
    "months of whole-amount tiers, conditions and caps equal an independent computation, line by line",
    .enabled(if: BenchmarkData.hasDuckDB, "needs DuckDB in the Python of the tests"))
  func months() throws {
    try expectEqual(
      "Plans/benchmark/monthly.yaml", Project.path("Tests/Benchmarks/monthly_peer.py"), payees: 240,
      lines: 15000)
  }

  /// Both programs over the same 6,000 transactions; at least so many lines are wanted.
  private func expectEqual(_ plan: String, _ peer: String, payees: Int, lines: Int) throws {
    let data = try BenchmarkData(payees: payees, transactions: 6000)
    let folder = try TemporaryFolder()
    try BenchmarkData.python([peer, data.path, folder.path])
    let theirs = try BenchmarkData.texts(folder.path).map(BenchmarkData.rows)
    let ours = try BenchmarkData.run(plan, data: data.path).map(BenchmarkData.rows)
    #expect(ours[0].count == payees * 12)
    #expect(ours[1].count >= lines)
    for (index, file) in BenchmarkData.results.enumerated() {
      let different = zip(ours[index], theirs[index]).first { $0 != $1 }
      #expect(different == nil, "\(file), ours and theirs")
      #expect(ours[index].count == theirs[index].count, "\(file)")
    }
  }
}
