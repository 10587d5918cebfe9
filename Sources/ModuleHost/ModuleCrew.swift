import CSystem
package import JSONCore
import JSONRPC
package import ModuleProtocol

/// The processes of one module: as many as there are cores, each started only when there is work for it.
///
/// Any thread may call; a call takes a process that is free, or waits for one. All processes are handed the same
/// terms, so that it does not matter which of them answers.
package final class ModuleCrew: Sendable {
  package typealias Failure = ModuleProcess.Failure

  /// The rows from which on a batch is worth the start of a further process rather than a wait for a busy one.
  private static let worthAProcess = 4096
  private static let mappedBatch = 32_768
  private static let inlineBatch = 8192

  private struct State {
    var free: [ModuleProcess] = []
    var count = 0
    var identity: ModuleIdentity?
    var terms: [String: JSONValue] = [:]
  }

  private let manifest: ModuleManifest
  private let deadlines: ModuleProcess.Deadlines
  private let transport: ColumnTransport
  private let size: Int
  private let state = Mailbox(State())

  /// The processes of a module: `size` at most, unless stated as many as there are cores.
  package init(
    _ manifest: ModuleManifest, deadlines: ModuleProcess.Deadlines, transport: ColumnTransport = .wanted,
    size: Int? = nil
  ) {
    // Columns come and go batch by batch.
    csystem_keep_memory()
    self.manifest = manifest
    self.deadlines = deadlines
    self.transport = transport
    self.size = max(1, size ?? Int(csystem_cores()))
  }

  /// Who the module is; nil before it was started.
  package var identity: ModuleIdentity? { state.update { $0.identity } }

  /// The rows that a batch had best have: enough to make messages few, not so many that they leave the caches.
  package var batchRows: Int {
    identity.map { transport.isMapped(with: $0) } == true ? Self.mappedBatch : Self.inlineBatch
  }

  /// Starts the module, unless it runs, and hears who it is.
  package func identify() throws(Failure) -> ModuleIdentity {
    if let identity { return identity }
    return try borrowing { process throws(Failure) in
      let identity = try process.identify()
      state.update { $0.identity = identity }
      return identity
    }
  }

  /// Hands the module the terms of a component.
  package func configure(_ component: String, _ terms: JSONValue) throws(Failure) -> ConfigureAnswer {
    let answer = try borrowing { process throws(Failure) in try process.configure(component, terms) }
    state.update { state in
      if case .accepted = answer { state.terms[component] = terms } else { state.terms[component] = nil }
    }
    return answer
  }

  /// Has a batch of a component computed.
  package func calculate(_ component: String, _ batch: Batch) throws(Failure) -> Earnings {
    let terms = try terms(component)
    return try borrowing(for: batch.rows) { process throws(Failure) in
      try process.calculate(component, terms, batch)
    }
  }

  /// Has a batch of a component explained.
  package func explain(_ component: String, _ batch: Batch) throws(Failure) -> Explanation {
    let terms = try terms(component)
    return try borrowing { process throws(Failure) in try process.explain(component, terms, batch) }
  }

  private func terms(_ component: String) throws(Failure) -> JSONValue {
    guard let terms = state.update({ $0.terms[component] }) else {
      throw Failure(words: "was not handed the terms of `\(component)`", isAnswer: true)
    }
    return terms
  }

  /// Has a process to itself for the time of the call.
  private func borrowing<Answer>(
    for rows: Int = 0, _ body: (ModuleProcess) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let process = state.wait { state -> ModuleProcess? in
      if let process = state.free.popLast() { return process }
      guard state.count == 0 || rows >= Self.worthAProcess && state.count < size else { return nil }
      state.count += 1
      return ModuleProcess(manifest, deadlines: deadlines, transport: transport)
    }
    defer { state.update { $0.free.append(process) } }
    return try body(process)
  }
}
