import Foundation
import TestSupport
import Testing

/// The job that the benchmarks time, on little data, against the same job in plain Python with decimals.
@Suite(.enabled(if: Project.shared != nil, "needs ../shared/bench"))
struct BenchmarkJobTests {
  @Test("a plan year of 300 payees equals an independent computation, line by line")
  func planYear() throws {
    let python = try #require(Program.python)
    let bench = (Project.shared ?? "") + "/bench"
    let folder = try TemporaryFolder()
    let (data, ours, theirs) = (folder.path + "/data", folder.path + "/ours", folder.path + "/theirs")
    let made = try Program.run(
      python, [bench + "/generate.py", "--payees", "300", "--transactions", "6000", "--out", data])
    try #require(made.code == 0, "\(made.errors)")
    try FileManager.default.createDirectory(atPath: theirs, withIntermediateDirectories: true)
    let peer = try Program.run(python, [bench + "/peers/p_python.py", data, theirs])
    try #require(peer.code == 0, "\(peer.errors)")
    let run = try Program.incentive("run", "Plans/benchmark/plan.yaml", "--data", data, "--out", ours)
    try #require(run.code == 0, "\(run.errors)")
    for (file, least) in [("statements.csv", 3600), ("lines.csv", 5000)] {
      let rows = try [ours, theirs].map { folder in
        try String(contentsOfFile: folder + "/" + file, encoding: .utf8).split(separator: "\n").dropFirst()
          .sorted()
      }
      #expect(rows[0].count >= least)
      #expect(rows[0] == rows[1], "\(file)")
    }
  }
}
