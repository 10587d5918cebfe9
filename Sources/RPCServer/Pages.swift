import JSONCore
import JSONRPC

/// Long answers, handed out page by page: a page names the cursor of the next one.
///
/// An answer may hold several lists: that of its own, and those of the parts of figures in its explanations.
package struct Pages {
  /// A list of items that are made when they are asked for.
  struct List {
    /// The member of the answer that holds a page.
    let name: String
    let count: Int
    let items: (Range<Int>) -> [JSONValue]

    init(_ name: String, count: Int, items: @escaping (Range<Int>) -> [JSONValue]) {
      (self.name, self.count, self.items) = (name, count, items)
    }

    init(_ name: String, _ items: [JSONValue]) {
      self.init(name, count: items.count) { Array(items[$0]) }
    }
  }

  /// How many items, and how much of them, a page holds where a request does not say otherwise.
  package struct Size: Sendable {
    /// Items of a list.
    package var items: Int
    /// Parts of a figure of an explanation.
    package var parts: Int
    /// So many bytes of JSON at most, or one item; no limit when nil.
    package var bytes: Int?

    package init(items: Int = 1000, parts: Int = 1000, bytes: Int? = nil) {
      (self.items, self.parts, self.bytes) = (items, parts, bytes)
    }
  }

  /// Of how many answers the lists are remembered; those of the oldest are forgotten first.
  static let mostAnswers = 32
  /// The most items that one page may be asked to hold.
  static let largestPage = 10_000
  /// The member that holds the parts of a figure.
  private static let parts = "children"

  private let size: Size
  private var lists: [Int: (list: List, page: Int)] = [:]
  /// The number of the first list of each answer that is remembered.
  private var answers: [Int] = []
  private var next = 1
  /// How many bytes the answer may still come to.
  private var room = Int.max

  init(_ size: Size) { self.size = size }

  // MARK: Answers

  /// Puts the first page of a list into an answer, and the cursor of the second if there is one.
  mutating func begin(_ list: List, _ params: RPCParameters, in answer: inout JSONObject) throws(RPCError) {
    let asked = try asked(params)
    begin()
    put(list, 0, asked ?? size.items, asked ?? size.parts, in: &answer)
  }

  /// The page that a cursor names.
  mutating func page(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let cursor = try params.string("cursor")
    let parts = cursor.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 2, let (list, page) = lists[parts[0]], (0..<list.count).contains(parts[1]) else {
      throw RPCError(.invalidParams, "there is no page `\(cursor)`, or not any more: ask for the list anew")
    }
    let asked = try asked(params)
    begin()
    var answer = JSONObject()
    put(list, parts[1], asked ?? page, asked ?? size.parts, as: parts[0], in: &answer)
    return .object(answer)
  }

  /// The cursor of a list that is handed out later, as a part of the answer that was begun last.
  mutating func keep(_ list: List) -> String {
    begin()
    return "\(remember(list, Self.largestPage)).0"
  }

  private mutating func begin() {
    room = size.bytes ?? Int.max
    if answers.last == next { return }
    answers.append(next)
    if answers.count > Self.mostAnswers {
      for number in answers[0]..<answers[1] { lists[number] = nil }
      answers.removeFirst()
    }
  }

  private mutating func remember(_ list: List, _ page: Int) -> Int {
    lists[next] = (list, page)
    next += 1
    return next - 1
  }

  // MARK: Pages

  /// Puts a page into an answer, and the cursor of the next one; a list that does not fit is remembered.
  private mutating func put(
    _ list: List, _ from: Int, _ most: Int, _ parts: Int, as known: Int? = nil, in answer: inout JSONObject
  ) {
    let page = fitting(list.items(from..<min(list.count, from + most)), parts)
    answer[list.name] = .array(page)
    answer["count"] = .number(list.count)
    let end = from + page.count
    if end < list.count { answer["cursor"] = .string("\(known ?? remember(list, most)).\(end)") }
  }

  /// As many of the items as there is room for, but at least one; figures among them show a page of their parts.
  private mutating func fitting(_ items: [JSONValue], _ parts: Int) -> [JSONValue] {
    var page: [JSONValue] = []
    for item in items where page.isEmpty || room > 0 {
      page.append(cut(item, parts))
      if room <= 0 { break }
    }
    return page
  }

  /// A value in which each figure shows a page of its parts, and the cursor of the others.
  private mutating func cut(_ value: JSONValue, _ parts: Int) -> JSONValue {
    guard var object = value.object else {
      use(value)
      return value
    }
    let children = object[Self.parts]?.array
    object[Self.parts] = nil
    for (key, member) in object.members {
      if let trees = member.array, trees.contains(where: { $0[Self.parts] != nil }) {
        object[key] = .array(trees.map { cut($0, parts) })
      } else {
        use(member)
      }
    }
    guard let children else { return .object(object) }
    let shown = fitting(Array(children.prefix(parts)), parts)
    object[Self.parts] = .array(shown)
    if shown.count < children.count {
      object["childrenLeftOut"] = .number(children.count - shown.count)
      let list = remember(List(Self.parts, children), parts)
      object["childrenCursor"] = .string("\(list).\(shown.count)")
    }
    return .object(object)
  }

  private mutating func use(_ value: JSONValue) {
    if size.bytes != nil { room -= value.bytes().count }
  }

  private func asked(_ params: RPCParameters) throws(RPCError) -> Int? {
    guard let limit = params.optional("limit") else { return nil }
    guard let size = limit.int, (1...Self.largestPage).contains(size) else {
      throw RPCError(.invalidParams, "`limit` must be a whole number from 1 to \(Self.largestPage)")
    }
    return size
  }
}
