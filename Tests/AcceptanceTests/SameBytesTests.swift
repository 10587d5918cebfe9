import Foundation
import TestSupport
import Testing

/// What may differ between two runs of the same plan over the same rows without changing a byte of what is written.
struct Variation: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// What is done to the text of each table.
  var change: @Sendable (String) -> String = { $0 }
  var options: [String] = []
  var environment: [String: String] = [:]
  /// The command that starts the program, where it is not started by itself.
  var launcher: [String] = []

  /// Other files with the same rows.
  static let files = [
    Variation(testDescription: "rows in reverse") { byRows($0) { $0.reversed() } },
    Variation(testDescription: "rows shuffled") { byRows($0) { shuffled($0) } },
    Variation(testDescription: "lines ended by CR and LF") { $0.replacing("\n", with: "\r\n") },
    Variation(testDescription: "no end of line in the last line") { String($0.dropLast()) },
    Variation(testDescription: "a byte order mark") { "\u{FEFF}" + $0 },
    Variation(testDescription: "rows shuffled, all of Windows") {
      "\u{FEFF}" + byRows($0) { shuffled($0) }.replacing("\n", with: "\r\n")
    },
  ]

  /// Other ways to run over the same files: threads, shards and batches.
  static let settings = [
    Variation(
      testDescription: "another language and time zone",
      environment: ["LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati"]),
    Variation(testDescription: "columns inline", environment: ["INCENTIVE_COLUMNS": "inline"]),
    // One thread, and one process of each module.
    Variation(testDescription: "one core", launcher: ["/usr/bin/taskset", "-c", "0"]),
    // A trace needs single lines where the plain run adds them up.
    Variation(testDescription: "single lines throughout", options: ["--trace"]),
  ]

  /// The text with its lines below the heading in another order.
  private static func byRows(_ text: String, _ order: ([Substring]) -> [Substring]) -> String {
    let lines = text.split(separator: "\n")
    return (lines.prefix(1) + order(Array(lines.dropFirst()))).joined(separator: "\n") + "\n"
  }

  private static func shuffled(_ rows: [Substring]) -> [Substring] {
    var generator = SplitMix(state: 2026)
    return rows.shuffled(using: &generator)
  }
}

/// Vigna's SplitMix64: the same numbers in each run of the tests.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite(.enabled(if: BenchmarkData.isThere, "needs ../shared/bench"))
struct SameBytesTests {
  private static let plans = ["Plans/benchmark/plan.yaml", "Plans/benchmark/monthly.yaml"]
  private static let data = Result { try BenchmarkData(payees: 200, transactions: 3000) }
  /// What the plans give, run in the plain way.
  private static let plain = Result {
    let path = try data.get().path
    return try Dictionary(uniqueKeysWithValues: plans.map { ($0, try BenchmarkData.run($0, data: path)) })
  }

  @Test(
    "the same rows give the same bytes, in whatever files and by whatever way", arguments: plans,
    Variation.files + Variation.settings)
  func sameBytes(plan: String, variation: Variation) throws {
    let expected = try #require(try Self.plain.get()[plan])
    #expect(expected[1].count > 100_000)
    let folder = try TemporaryFolder()
    let original = try Self.data.get().path
    for file in try FileManager.default.contentsOfDirectory(atPath: original) {
      let text = try String(contentsOfFile: original + "/" + file, encoding: .utf8)
      _ = try folder.write(variation.change(text), file)
    }
    let found = try BenchmarkData.run(
      plan, data: folder.path, options: variation.options, environment: variation.environment,
      launcher: variation.launcher)
    for (index, file) in BenchmarkData.results.enumerated() {
      #expect(found[index].utf8.elementsEqual(expected[index].utf8), "\(file)")
    }
  }
}
