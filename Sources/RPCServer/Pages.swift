import JSONCore
import JSONRPC

/// Long answers, handed out page by page: a page names the cursor of the next one.
struct Pages {
  /// A list of items that are made when they are asked for.
  struct List {
    /// The member of the answer that holds a page.
    let name: String
    let count: Int
    let items: (Range<Int>) -> [JSONValue]
  }

  /// How many lists are remembered; the oldest is forgotten first.
  static let mostLists = 32
  /// The most items that one page may be asked to hold.
  static let largestPage = 10_000

  private let usualPage: Int
  private var lists: [Int: (list: List, page: Int)] = [:]
  private var next = 1

  /// Pages of so many items unless a request says otherwise.
  init(usualPage: Int) { self.usualPage = usualPage }

  /// Puts the first page of a list into an answer, and the cursor of the second if there is one.
  mutating func begin(_ list: List, _ params: RPCParameters, in answer: inout JSONObject) throws(RPCError) {
    let size = try size(params) ?? usualPage
    if list.count > size {
      lists[next] = (list, size)
      lists[next - Self.mostLists] = nil
      next += 1
    }
    put(list, next - 1, 0, size, in: &answer)
  }

  /// The page that a cursor names.
  func page(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let cursor = try params.string("cursor")
    let parts = cursor.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 2, let (list, page) = lists[parts[0]], (0..<list.count).contains(parts[1]) else {
      throw RPCError(.invalidParams, "there is no page `\(cursor)`, or not any more: ask for the list anew")
    }
    var answer = JSONObject()
    put(list, parts[0], parts[1], try size(params) ?? page, in: &answer)
    return .object(answer)
  }

  private func put(_ list: List, _ id: Int, _ from: Int, _ size: Int, in answer: inout JSONObject) {
    let end = min(list.count, from + size)
    answer[list.name] = .array(list.items(from..<end))
    answer["count"] = .number(list.count)
    if end < list.count { answer["cursor"] = .string("\(id).\(end)") }
  }

  private func size(_ params: RPCParameters) throws(RPCError) -> Int? {
    guard let limit = params.optional("limit") else { return nil }
    guard let size = limit.int, (1...Self.largestPage).contains(size) else {
      throw RPCError(.invalidParams, "`limit` must be a whole number from 1 to \(Self.largestPage)")
    }
    return size
  }
}
