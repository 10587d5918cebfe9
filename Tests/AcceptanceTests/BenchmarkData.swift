import Foundation
import TestSupport
import Testing

/// A small data set of the kind that the benchmarks run on, made by ../shared/bench/generate.py.
final class BenchmarkData: Sendable {
  /// The files of statements and lines of one run.
  static let results = ["statements.csv", "lines.csv"]
  static let bench = (Project.shared ?? "") + "/bench"
  static let isThere = FileManager.default.isReadableFile(atPath: bench + "/generate.py")
  /// Whether the Python of the tests has DuckDB, in which the second plan's peer is written.
  static let hasDuckDB =
    Program.python.map {
      (try? Program.run($0, ["-c", "import duckdb"]))?.code == 0
    } ?? false

  /// The folder with the five tables.
  let path: String
  private let folder: TemporaryFolder

  init(payees: Int, transactions: Int) throws {
    folder = try TemporaryFolder()
    path = folder.path + "/data"
    try Self.python([
      Self.bench + "/generate.py", "--payees", "\(payees)", "--transactions", "\(transactions)", "--out",
      path,
    ])
  }

  /// Runs a program in Python to its good end.
  static func python(_ arguments: [String]) throws {
    let outcome = try Program.run(try #require(Program.python), arguments)
    try #require(outcome.code == 0, "\(outcome.errors)")
  }

  /// The result files of a run of a plan over a folder of tables.
  static func run(
    _ plan: String, data: String, options: [String] = [], environment: [String: String] = [:],
    launcher: [String] = []
  ) throws -> [String] {
    let folder = try TemporaryFolder()
    let modules = ["INCENTIVE_MODULES": Project.path("Tests/Support/Modules")]
    let command =
      launcher + [Project.program("incentive"), "run", plan, "--data", data, "--out", folder.path] + options
    let outcome = try Program.run(
      command[0], Array(command.dropFirst()),
      environment: modules.merging(environment) { $1 })
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try texts(folder.path)
  }

  /// The result files in a folder.
  static func texts(_ folder: String) throws -> [String] {
    try results.map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }
  }

  /// The rows of a result file in an order of their own.
  static func rows(_ text: String) -> [Substring] { text.split(separator: "\n").dropFirst().sorted() }
}
