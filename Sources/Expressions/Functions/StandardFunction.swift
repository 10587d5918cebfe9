/// A function of the language: the kinds it takes, the kind it gives, and what it computes.
package struct StandardFunction: Sendable {
  typealias Value = Expression.Value
  typealias ValueType = Expression.ValueType
  /// What a function computes; nil where it has no meaning for these values.
  typealias Body = @Sendable ([Value]) throws(EvaluationFault) -> Value?

  package struct Signature: Sendable {
    package let parameters: [Expression.ValueType]
    package let result: Expression.ValueType
  }

  /// How it is called: `x.name(y)`, `name(x, y)`, or either way.
  package enum Style: Sendable {
    case method, global, either
  }

  package let name: String
  package let style: Style
  package let signatures: [Signature]
  /// Whether it takes one value or more, all of the kind of its first parameter.
  package let isVariadic: Bool
  /// Whether it looks at empty cells; of others the result is empty where a value is.
  let takesNull: Bool
  let body: Body

  init(
    _ name: String, _ style: Style, _ signatures: [([ValueType], ValueType)], isVariadic: Bool = false,
    takesNull: Bool = false, body: @escaping Body
  ) {
    self.name = name
    self.style = style
    self.signatures = signatures.map { Signature(parameters: $0.0, result: $0.1) }
    self.isVariadic = isVariadic
    self.takesNull = takesNull
    self.body = body
  }

  func callAsFunction(_ arguments: [Value]) throws(EvaluationFault) -> Value {
    if !takesNull, arguments.contains(where: \.isNull) { return .null }
    guard let value = try body(arguments) else {
      throw .noOverload("`\(name)` of \(arguments.map(\.type.article).joined(separator: " and "))")
    }
    return value
  }

  /// All functions by name; those of a namespace under `math.greatest`.
  package static let all: [String: StandardFunction] = Dictionary(
    (conversions + texts + moreTexts + times + calendar + numbers + bits).map { ($0.name, $0) },
    uniquingKeysWith: { first, _ in first })
}
