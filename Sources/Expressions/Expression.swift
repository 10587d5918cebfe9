package import Money
package import PlanCalendar

/// A condition or formula of a plan, read and checked: a subset of CEL with exact decimals in place of doubles.
package struct Expression: Sendable {
  /// What the user wrote.
  package let text: String
  package let root: Node

  /// A part of the expression and where it begins in the text, in Unicode scalars from 0.
  package struct Node: Sendable {
    package let form: Form
    package let offset: Int
    package let length: Int
  }

  package indirect enum Form: Sendable {
    case literal(Literal)
    /// A name with its parts: `status`, `payee.role`.
    case name([String])
    case list([Node])
    case not(Node)
    case negate(Node)
    case and(Node, Node)
    case or(Node, Node)
    case compare(Comparison, Node, Node)
    case arithmetic(Arithmetic, Node, Node)
    case member(Node, in: Node)
    /// A function of text: `name.startsWith("A")`.
    case textTest(TextTest, Node, Node)
    /// Whether a cell is not empty: `has(discount)`.
    case has(Node)
    case choose(Node, then: Node, otherwise: Node)
  }

  package enum Literal: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(ExactDecimal)
    case text(String)
    case date(CalendarDate)
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
  }

  package enum TextTest: String, Sendable, CaseIterable {
    case startsWith, endsWith, contains
  }

  /// The kinds of value that an expression can have.
  package enum ValueType: String, Sendable {
    case null, boolean, number, text, date, list
  }

  /// A fault in the text of an expression.
  package struct Fault: Error, Sendable, Hashable {
    package let message: String
    package let help: String?
    package let offset: Int
    package let length: Int
    /// Whether the words are at fault rather than their types.
    package let isSyntax: Bool
  }
}

extension Expression: Equatable {
  /// Whether both were written alike, wherever they stand.
  package static func == (left: Expression, right: Expression) -> Bool { left.text == right.text }
}
