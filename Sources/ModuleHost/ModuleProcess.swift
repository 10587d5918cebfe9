import Diagnostics
package import JSONCore
import JSONRPC
package import ModuleProtocol
import SystemIO

/// A running module, spoken to over its standard input and output.
///
/// Each call has a deadline. A module that crashes, hangs or breaks the protocol is ended, and the call tried
/// once more on a fresh process; a second failure is final.
package final class ModuleProcess {
  /// Why a module gave no usable answer, in words that can follow "module `x` ".
  package struct Failure: Error, Sendable {
    package let words: String
    /// Whether the module answered, and refused: then another try would be refused too.
    package let isAnswer: Bool
    /// What the module said of rows of the batch, when it named any.
    package var rows: RowsFault?
  }

  /// How long a module may take, in seconds.
  package struct Deadlines: Sendable {
    package var start: Double
    package var call: Double

    package init(start: Double = 10, call: Double = 60) {
      self.start = start
      self.call = call
    }
  }

  package let manifest: ModuleManifest
  private let deadlines: Deadlines
  private let transport: ColumnTransport
  /// Whether the process that now runs agreed to columns in shared memory.
  private var isMapped = false
  private var child: ChildProcess?
  private var connection: RPCConnection?
  /// The terms that the process which now runs has accepted, by component.
  private var accepted: [String: JSONValue] = [:]

  package init(
    _ manifest: ModuleManifest, deadlines: Deadlines = Deadlines(), transport: ColumnTransport = .wanted
  ) {
    self.manifest = manifest
    self.deadlines = deadlines
    self.transport = transport
  }

  deinit { end() }

  /// Starts the module and hears who it is.
  package func identify() throws(Failure) -> ModuleIdentity {
    try retrying { () throws(Failure) in try self.start() }
  }

  /// Whether the module answers, in words: `ready`, or what is wrong.
  package func health() -> String {
    do {
      _ = try identify()
      _ = try call("module/ping", [:])
      return "ready"
    } catch {
      return error.words
    }
  }

  /// Hands the module the terms of a component.
  package func configure(_ component: String, _ terms: JSONValue) throws(Failure) -> ConfigureAnswer {
    try retrying { () throws(Failure) in
      try self.ensureRunning()
      return try self.hand(component, terms)
    }
  }

  /// Has a batch of a component computed, under terms that were accepted before.
  package func calculate(_ component: String, _ terms: JSONValue, _ batch: Batch) throws(Failure) -> Earnings
  {
    try ask("module/calculate", component, terms, batch) { json, reader throws(ProtocolFault) in
      Earnings(lines: try reader.frame(json["lines"]), periods: try reader.frame(json["periods"]))
    }
  }

  /// Has a batch of a component explained, under terms that were accepted before.
  package func explain(
    _ component: String, _ terms: JSONValue, _ batch: Batch
  ) throws(Failure) -> Explanation {
    try ask("module/explain", component, terms, batch) { json, _ throws(ProtocolFault) in
      try Explanation(json: json)
    }
  }

  /// Asks the module to end, and makes sure that it does.
  package func end() {
    guard let child else { return }
    if let connection {
      _ = try? connection.call("shutdown", nil, seconds: 1)
      connection.close()
    }
    _ = child.ending(waitSeconds: 1)
    child.kill()
    self.child = nil
    connection = nil
  }

  // MARK: Calls

  private func ask<Answer>(
    _ method: String, _ component: String, _ terms: JSONValue, _ batch: Batch,
    _ read: (JSONValue, inout FrameReader) throws(ProtocolFault) -> Answer
  ) throws(Failure) -> Answer {
    try retrying { () throws(Failure) in
      try self.ensureRunning()
      if self.accepted[component] != terms, case .refused = try self.hand(component, terms) {
        throw Failure(words: "refused terms that it accepted before", isAnswer: true)
      }
      // The writer keeps what is in shared memory until the answer was read.
      let isMapped = self.isMapped && batch.rows >= ColumnTransport.fewestMappedRows
      var writer = FrameWriter(isMapped ? .sealed : .inline)
      let params = try Self.params(component, batch, &writer)
      let json = try self.call(method, params)
      var reader = FrameReader(self.isMapped ? .mapped(process: self.child?.processID) : .inline)
      return try withExtendedLifetime(writer) { () throws(Failure) in
        try Self.understood(json) { json throws(ProtocolFault) in try read(json, &reader) }
      }
    }
  }

  private static func params(
    _ component: String, _ batch: Batch, _ writer: inout FrameWriter
  ) throws(Failure) -> JSONValue {
    do {
      var params = JSONObject([
        ("component", .string(component)), ("lines", try writer.json(batch.lines)),
        ("periods", try writer.json(batch.periods)),
      ])
      if !batch.tables.isEmpty {
        var tables = JSONObject()
        for (name, frame) in batch.tables.sorted(by: { $0.key < $1.key }) {
          tables[name] = try writer.json(frame)
        }
        params["tables"] = .object(tables)
      }
      return .object(params)
    } catch {
      throw Failure(words: "cannot be handed a batch: \(error.message)", isAnswer: true)
    }
  }

  private static func understood<Answer>(
    _ json: JSONValue, _ read: (JSONValue) throws(ProtocolFault) -> Answer
  ) throws(Failure) -> Answer {
    do {
      return try read(json)
    } catch {
      throw Failure(words: "broke the protocol: \(error.message)", isAnswer: false)
    }
  }

  private func hand(_ component: String, _ terms: JSONValue) throws(Failure) -> ConfigureAnswer {
    let answer = try Self.understood(try call("module/configure", terms)) { json throws(ProtocolFault) in
      try ConfigureAnswer(json: json)
    }
    if case .accepted = answer { accepted[component] = terms } else { accepted[component] = nil }
    return answer
  }

  private func retrying<Answer>(_ body: () throws(Failure) -> Answer) throws(Failure) -> Answer {
    do {
      return try body()
    } catch {
      if error.isAnswer { throw error }
      abandon()
      do {
        return try body()
      } catch {
        if !error.isAnswer { abandon() }
        throw error
      }
    }
  }

  private func start() throws(Failure) -> ModuleIdentity {
    abandon()
    let child: ChildProcess
    do {
      child = try ChildSpawner.start(executable: manifest.executable, folder: manifest.folder)
    } catch {
      throw Failure(words: "cannot be started: \(error.message)", isAnswer: false)
    }
    self.child = child
    connection = RPCConnection(input: child.output, output: child.input, end: child.end)
    let json = try call(
      "module/initialize",
      [
        "protocol": .number(moduleProtocolVersion), "host": "incentive",
        "features": .array(transport.features.map { .string($0) }),
      ],
      seconds: deadlines.start)
    let identity = try Self.understood(json) { json throws(ProtocolFault) in try ModuleIdentity(json: json) }
    isMapped = transport.isMapped(with: identity)
    return identity
  }

  private func ensureRunning() throws(Failure) {
    if connection == nil { _ = try start() }
  }

  private func call(_ method: String, _ params: JSONValue, seconds: Double? = nil) throws(Failure)
    -> JSONValue
  {
    guard let connection else { throw Failure(words: "is not running", isAnswer: false) }
    do {
      return try connection.call(method, params, seconds: seconds ?? deadlines.call)
    } catch {
      throw failure(error, method)
    }
  }

  private func failure(_ fault: RPCCallFault, _ method: String) -> Failure {
    switch fault {
    case .refused(let error):
      Failure(
        words: "answered `\(method)`: \(error.message)", isAnswer: true,
        rows: RowsFault(error.message, error.data))
    case .timedOut(let seconds):
      Failure(words: "did not answer `\(method)` within \(Int(seconds)) s", isAnswer: false)
    case .closed:
      Failure(
        words: (child?.ending(waitSeconds: 0.5) ?? "closed its output") + " during `\(method)`",
        isAnswer: false)
    case .garbage(let text): Failure(words: "wrote something that is no answer: `\(text)`", isAnswer: false)
    case .wrongID(let id):
      Failure(words: "answered a request that was never made (id \(id))", isAnswer: false)
    case .tooLarge: Failure(words: "sent an answer that is too large", isAnswer: false)
    }
  }

  /// Ends a process that can no longer be trusted.
  private func abandon() {
    connection?.close()
    child?.kill()
    child = nil
    connection = nil
    accepted = [:]
    isMapped = false
  }
}
