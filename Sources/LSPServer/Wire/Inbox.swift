import Glibc
import JSONCore
import JSONRPC

/// What the main thread is told: messages of the client, work that is done, the end.
///
/// Cancellations are seen at once, by whichever thread asks.
final class Inbox: Sendable {
  enum Event: Sendable {
    case message(JSONValue)
    case unreadable(RPCError)
    case done(@Sendable (Desk) -> Void)
    /// Nobody is there any more.
    case gone
  }

  private struct State {
    var events: [Event] = []
    var cancelled: Set<RPCID> = []
  }

  private let state = Mailbox(State())
  // So many cancellations of requests that never came are remembered.
  private static let mostCancelled = 10_000

  /// Reads a stream to its end, on a thread of its own.
  func read(_ stream: MessageStream) {
    BackgroundThread.start { [self] in
      stream.read { message in
        switch message {
        case .success(let bytes): hear(bytes)
        case .failure(let fault): post(.unreadable(Self.words(fault)))
        }
      }
      post(.gone)
    }
  }

  func post(_ event: Event) { state.update { $0.events.append(event) } }

  /// The next event, or nil when none came in time.
  func next(within milliseconds: Int?) -> Event? {
    func first(_ state: inout State) -> Event? { state.events.isEmpty ? nil : state.events.removeFirst() }
    if let milliseconds { return state.wait(milliseconds: milliseconds, first) }
    return state.wait(first)
  }

  func isCancelled(_ id: RPCID) -> Bool { state.update { $0.cancelled.contains(id) } }

  /// Takes back a request, or a progress by its token.
  func cancel(_ id: RPCID) {
    state.update { if $0.cancelled.count < Self.mostCancelled { $0.cancelled.insert(id) } }
  }

  /// Forgets the cancellation of a request that was answered.
  func forget(_ id: RPCID) { state.update { _ = $0.cancelled.remove(id) } }

  private func hear(_ bytes: [UInt8]) {
    do {
      let message = try JSONValue.parse(bytes)
      if message["method"]?.string == "$/cancelRequest", let id = message["params"]?["id"] {
        cancel(id)
      } else {
        post(.message(message))
      }
    } catch {
      post(.unreadable(RPCError(.parseError, "not JSON: \(error.message)")))
    }
  }

  private static func words(_ fault: MessageFramer.Fault) -> RPCError {
    switch fault {
    case .tooLarge: RPCError(.tooLarge, "the message is too large")
    case .badHeader(let why): RPCError(.parseError, why)
    }
  }
}
