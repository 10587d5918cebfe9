import Expressions
import Money
import TestSupport
import Testing

/// The public conformance cases of the Common Expression Language, read from beside the project.
@Suite struct ConformanceTests {
  struct Case {
    let id: String
    let message: Textproto

    /// What the case found instead of what it wants; nil when it passes.
    var failure: String? {
      guard let text = message.text("expr") else { return "it has no expression" }
      guard let syntax = try? ExpressionParser.parse(text) else { return "the text is not read" }
      var named: [String: ExpressionScope.Meaning] = [:]
      for binding in message.messages("bindings") {
        guard let key = binding.text("key"), let value = binding.message("value")?.message("value"),
          let bound = Self.value(value)
        else { return "a binding is of no kind that is known here" }
        named[key] = .constant(NamedConstant(values: [(nil, bound)], source: ""))
      }
      let outcome = ExpressionChecker.check(
        syntax, text: text, scope: ExpressionScope(columns: [:], named: named), wanted: nil)
      let result: Expression.Value
      do throws(EvaluationFault) {
        let values = try ColumnEvaluator(outcome.expression, rowCount: 1) { _ in nil }.values()
        result = values[0]
      } catch {
        return message.message("eval_error") == nil ? "it fails: \(error.message)" : nil
      }
      if message.message("eval_error") != nil { return "it should fail, and is \(result)" }
      if message.word("disable_check") == nil, let fault = outcome.faults.first {
        return "refused: \(fault.message)"
      }
      guard let expected = message.message("value") else {
        return Expression.Value.equal(result, .boolean(true)) ? nil : "it is \(result), not true"
      }
      guard let wanted = Self.value(expected) else { return "the value is of no kind that is known here" }
      return Self.same(result, wanted) ? nil : "it is \(result), not \(wanted)"
    }

    /// Whether both are of one kind and equal, and so are their items.
    private static func same(_ a: Expression.Value, _ b: Expression.Value) -> Bool {
      if case .list(let left) = a, case .list(let right) = b {
        return left.count == right.count && zip(left, right).allSatisfy(same)
      }
      return a.typeName == b.typeName && Expression.Value.equal(a, b)
    }

    static func value(_ message: Textproto) -> Expression.Value? {
      guard let (name, _) = message.fields.first else { return nil }
      switch name {
      case "null_value": return .null
      case "bool_value": return message.word(name).map { .boolean($0 == "true") }
      case "int64_value": return message.word(name).flatMap { Int64($0) }.map { .integer($0) }
      case "uint64_value": return message.word(name).flatMap { UInt64($0) }.map { .unsigned($0) }
      case "double_value": return message.word(name).flatMap { ExactDecimal($0) }.map { .number($0) }
      case "string_value": return message.text(name).map { .text($0) }
      case "bytes_value": return message.bytes(name).map { .bytes($0) }
      case "type_value": return message.text(name).map { .type($0) }
      case "list_value":
        let items = message.message(name)?.messages("values") ?? []
        let values = items.compactMap { value($0) }
        return values.count == items.count ? .list(values) : nil
      case "map_value":
        var map = Expression.ValueMap()
        for entry in message.message(name)?.messages("entries") ?? [] {
          guard let key = entry.message("key").flatMap({ value($0) }),
            let item = entry.message("value").flatMap({ value($0) }), (try? map.add(key, item)) != nil
          else { return nil }
        }
        return .map(map)
      default: return nil
      }
    }
  }

  private static let files = [
    "basic", "comparisons", "conversions", "fields", "integer_math", "lists", "logic", "macros", "namespace",
    "parse", "string", "timestamps",
  ]

  private static func cases(_ file: String) throws -> [Case] {
    let path = (Project.shared ?? "") + "/data/cel-spec/\(file).textproto"
    return try Textproto.read(path: path).messages("section").flatMap { section in
      section.messages("test").map { test in
        Case(id: "\(file)/\(section.text("name") ?? "")/\(test.text("name") ?? "")", message: test)
      }
    }
  }

  /// The cases that the documentation lists as left out.
  private static var leftOut: Set<String> {
    var names: Set<String> = []
    for row in ((try? Project.text("Docs/Expressions.md")) ?? "").split(separator: "\n")
    where row.hasPrefix("| `") {
      let name = String(row.dropFirst(3).prefix { $0 != "`" })
      if name.split(separator: "/").count == 3 { names.insert(name) }
    }
    return names
  }

  @Test(
    "the public cases of CEL pass, but for those that the documentation lists",
    .enabled(if: Project.shared != nil, "needs ../shared/data/cel-spec"))
  func conformance() throws {
    var failures: [String: String] = [:]
    var count = 0
    for item in try Self.files.flatMap(Self.cases) {
      count += 1
      if let failure = item.failure { failures[item.id] = failure }
    }
    #expect(count == 1157)
    let leftOut = Self.leftOut
    let unexpected = failures.filter { !leftOut.contains($0.key) }.map { "\($0.key): \($0.value)" }.sorted()
    #expect(unexpected.isEmpty, "\(unexpected.joined(separator: "\n"))")
    let passing = leftOut.subtracting(failures.keys).sorted()
    #expect(passing.isEmpty, "listed as left out, and pass: \(passing)")
  }
}
