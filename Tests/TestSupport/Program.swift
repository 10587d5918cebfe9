import Foundation

/// Runs a program to its end.
package struct Program {
  package struct Outcome: Sendable {
    package let code: Int32
    package let output: String
    package let errors: String
  }

  /// The outcome of a program with these arguments; `input` is written to its standard input.
  package static func run(
    _ executable: String, _ arguments: [String], input: String = "", environment: [String: String] = [:],
    folder: String = Project.root
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files rather than pipes, which could fill up while the other one is read.
    let scratch = try TemporaryFolder()
    let (out, err) = (scratch.path + "/out", scratch.path + "/err")
    try input.write(toFile: scratch.path + "/in", atomically: false, encoding: .utf8)
    for file in [out, err] { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardInput = FileHandle(forReadingAtPath: scratch.path + "/in")
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: try String(contentsOfFile: out, encoding: .utf8),
      errors: try String(contentsOfFile: err, encoding: .utf8))
  }

  /// The outcome of `incentive` with these arguments, with the modules of Tests/Support beside its own.
  package static func incentive(_ arguments: String..., input: String = "", folder: String = Project.root)
    throws -> Outcome
  {
    try incentive(arguments, input: input, folder: folder)
  }

  /// The outcome of `incentive` with these arguments.
  package static func incentive(_ arguments: [String], input: String = "", folder: String = Project.root)
    throws -> Outcome
  {
    try run(
      Project.program("incentive"), arguments, input: input,
      environment: ["INCENTIVE_MODULES": Project.path("Tests/Support/Modules")], folder: folder)
  }

  /// The path of a program that is installed; nil where it is not.
  package static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The Python that `Tests/run` prepared, with the packages that the tests want; nil without it.
  package static var python: String? {
    let path = ProcessInfo.processInfo.environment["INCENTIVE_TEST_PYTHON"]
    return path
      ?? ["/usr/bin/python3", Project.path(".build-python/bin/python")].last {
        FileManager.default.isExecutableFile(atPath: $0)
      }
  }
}

/// A folder that goes with the value that holds it.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init(below parent: String? = nil) throws {
    // Without dashes, so that no test takes a part of it for a deal like `D-4`.
    let name = "incentive-" + UUID().uuidString.replacing("-", with: "")
    path = (parent.map { $0 + "/" } ?? NSTemporaryDirectory()) + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file into the folder and returns its path.
  package func write(_ text: String, _ name: String) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }
}
