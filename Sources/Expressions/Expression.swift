/// A condition or formula of a plan, read, checked and resolved: CEL with exact decimals in place of doubles.
package struct Expression: Sendable {
  /// What the user wrote.
  package let text: String
  /// The kind of its value.
  package let type: ValueType
  /// The columns that it reads, in the order in which the tree numbers them.
  package let columns: [String]
  /// The constants and definitions of the plan that it uses, as they were written.
  let sources: [String: String]
  let root: Node

  /// A part of the expression, its names resolved.
  package indirect enum Node: Sendable {
    case literal(Value)
    /// The cell of the column with this number.
    case column(Int)
    /// What a macro's variable holds.
    case variable(Int)
    case list([Node])
    case map([(key: Node, value: Node)])
    case not(Node)
    case negate(Node)
    case and([Node])
    case or([Node])
    case choose(Node, then: Node, otherwise: Node)
    case compare(Comparison, Node, Node)
    case arithmetic(Arithmetic, Node, Node)
    case member(Node, in: Node)
    case select(Node, String)
    case index(Node, Node)
    case hasCell(Int)
    case hasField(Node, String)
    case call(StandardFunction, [Node])
    case comprehension(Comprehension)
    /// What has no value: a name or function that is not there, a constant before its first day.
    case failure(String)
  }

  /// A macro over the items of a list or the keys of a map.
  package struct Comprehension: Sendable {
    package enum Macro: String, Sendable, CaseIterable {
      case all, exists, filter, map
      case existsOne = "exists_one"
    }

    let macro: Macro
    let range: Node
    let slot: Int
    /// What must hold of an item; for `map` nil unless three arguments are given.
    let condition: Node?
    /// What `map` makes of an item.
    let transform: Node?
  }

  package enum Comparison: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
  }

  /// A fault in the text of an expression.
  package struct Fault: Error, Sendable, Hashable {
    package let message: String
    package let help: String?
    /// Where it begins, in Unicode scalars from 0.
    package let offset: Int
    package let length: Int
    /// Whether the words are at fault rather than their types.
    package let isSyntax: Bool
  }
}

extension Expression: Equatable {
  /// Whether both were written alike, and what they use of the plan too, wherever they stand.
  package static func == (left: Expression, right: Expression) -> Bool {
    left.text == right.text && left.sources == right.sources
  }
}

/// Why an expression has no value for a row: a division by zero, a number too large, a key that is not there.
package struct EvaluationFault: Error, Sendable, Hashable {
  package let message: String
  /// The row, counted from 0; nil for a fault that was not yet met in one.
  package var row: Int?

  package init(_ message: String, row: Int? = nil) { (self.message, self.row) = (message, row) }

  static func noOverload(_ what: String) -> Self { Self("\(what) has no meaning for these values") }
  static let overflow = Self("a number is too large to compute exactly")
  package static let divisionByZero = Self("division by zero")
}
