import Foundation
import JSONCore
import TestSupport
import Testing

/// A host that is asked by messages a line, its input left open until all requests are answered.
enum HostSession {
  /// The answers to requests by their numbers from 1, and all that the host wrote.
  ///
  /// `after` are messages that follow the request of that number.
  static func answers(
    _ arguments: [String], _ requests: [(String, JSONValue)], after: [Int: JSONValue] = [:],
    modules: String = Project.path("Tests/Support/Modules")
  ) throws -> (answers: [Int: JSONValue], output: String) {
    var input = ""
    for (index, request) in requests.enumerated() {
      let message: JSONValue = [
        "jsonrpc": "2.0", "id": .number(index + 1), "method": .string(request.0), "params": request.1,
      ]
      input += message.text() + "\n"
      if let more = after[index + 1] { input += more.text() + "\n" }
    }
    let (process, toHost, fromHost) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: Project.program("incentive"))
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Project.root)
    process.environment = ProcessInfo.processInfo.environment.merging(["INCENTIVE_MODULES": modules]) { $1 }
    (process.standardInput, process.standardOutput) = (toHost, fromHost)
    try process.run()
    // The host reads ahead of its answers, so that neither waits for the other.
    toHost.fileHandleForWriting.write(Data(input.utf8))
    var (bytes, answers) = (Data(), [Int: JSONValue]())
    var output = ""
    while answers.count < requests.count {
      let more = fromHost.fileHandleForReading.availableData
      if more.isEmpty { break }
      bytes += more
      while let end = bytes.firstIndex(of: 0x0A) {
        let line = String(decoding: bytes[bytes.startIndex..<end], as: UTF8.self)
        bytes.removeSubrange(bytes.startIndex...end)
        output += line + "\n"
        let value = try JSONValue(parsing: line)
        if let id = value["id"]?.int { answers[id] = value }
      }
    }
    try toHost.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return (answers, output)
  }
}
