import JSONCore
import JSONRPC
import Money

/// Serves the methods that JSON-RPC conformance clients call, on the project's own core.
@main
struct TestRPCServer {
  static func main() {
    RPCServerLoop().run(
      RPCDispatcher([
        "subtract": { params, _ throws(RPCError) in
          try params.allow(only: ["minuend", "subtrahend"])
          return .number(try difference(number(params, "minuend", 0), number(params, "subtrahend", 1)))
        },
        "sum": { params, _ throws(RPCError) in
          var sum = ExactDecimal.zero
          for item in params.value?.array ?? [] {
            guard let addend = item.decimal, let next = try? sum.adding(addend) else {
              throw RPCError(.invalidParams, "numbers are wanted")
            }
            sum = next
          }
          return .number(sum)
        },
        "get_data": { _, _ in ["hello", 5] },
        "update": { _, _ in .null },
        "notify_hello": { _, _ in .null },
        "notify_sum": { _, _ in .null },
      ]))
  }

  private static func number(_ params: RPCParameters, _ name: String, _ place: Int) throws(RPCError)
    -> ExactDecimal
  {
    guard let value = try params.required(name, at: place).decimal else {
      throw RPCError(.invalidParams, "`\(name)` must be a number")
    }
    return value
  }

  private static func difference(_ a: ExactDecimal, _ b: ExactDecimal) throws(RPCError) -> ExactDecimal {
    do { return try a.subtracting(b) } catch { throw RPCError(.invalidParams, "the numbers are too large") }
  }
}
