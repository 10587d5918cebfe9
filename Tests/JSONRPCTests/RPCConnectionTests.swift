import Glibc
import JSONCore
import JSONRPC
import Testing

@Suite struct RPCConnectionTests {
  /// A connection to a peer that reads so many calls and then writes this text.
  private func connection(answering text: String, calls: Int = 1, closes: Bool = true) throws -> RPCConnection
  {
    var (up, down): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try #require(pipe(&up) == 0 && pipe(&down) == 0)
    let (read, write) = (up[0], down[1])
    let bytes = Array(text.utf8)
    let thread = Peer {
      var buffer = [UInt8](repeating: 0, count: 4096)
      var seen = 0
      while seen < calls {
        let count = Glibc.read(read, &buffer, buffer.count)
        if count <= 0 { break }
        seen += buffer[..<count].filter { $0 == 0x0A }.count
      }
      _ = Glibc.write(write, bytes, bytes.count)
      if closes { Glibc.close(write) }
    }
    thread.start()
    return RPCConnection(input: down[0], output: up[1])
  }

  @Test("an answer is matched by its id")
  func answer() throws {
    let connection = try connection(
      answering: "{\"jsonrpc\":\"2.0\",\"method\":\"log\"}\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":7}\n")
    #expect(try connection.call("x", nil, seconds: 5) == 7)
  }

  @Test("answers may come in another order")
  func outOfOrder() throws {
    let connection = try connection(
      answering:
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"two\"}\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"one\"}\n",
      calls: 2)
    let (first, second) = (try connection.start("x", nil), try connection.start("y", nil))
    #expect(try connection.wait(first, seconds: 5) == "one")
    #expect(try connection.wait(second, seconds: 5) == "two")
  }

  static let faults: [(String, RPCCallFault)] = [
    ("oops\n", .garbage("oops")), ("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":1}\n", .wrongID("99")),
    ("", .closed),
    (
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"no\"}}\n",
      .refused(RPCError(.invalidParams, "no"))
    ),
  ]

  @Test("what is no answer is a fault of its own kind", arguments: faults.indices)
  func fault(index: Int) throws {
    let (text, fault) = Self.faults[index]
    let connection = try connection(answering: text)
    #expect(throws: fault) { try connection.call("x", nil, seconds: 5) }
  }

  @Test("a peer that says nothing times out")
  func silence() throws {
    let connection = try connection(answering: "", closes: false)
    #expect(throws: RPCCallFault.timedOut(seconds: 0.2)) { try connection.call("x", nil, seconds: 0.2) }
  }

  @Test("a peer that reads nothing times out, and nothing more is sent to it")
  func deafness() throws {
    let connection = try connection(answering: "", calls: 0, closes: false)
    let long = JSONValue.string(String(repeating: "x", count: 1 << 20))
    #expect(throws: RPCCallFault.timedOut(seconds: 0.2)) { try connection.call("x", long, seconds: 0.2) }
    #expect(throws: RPCCallFault.timedOut(seconds: 0.2)) { try connection.call("x", nil, seconds: 5) }
  }
}

/// A thread that runs a closure.
private final class Peer: Sendable {
  private let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Peer>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    pthread_detach(thread)
  }
}
