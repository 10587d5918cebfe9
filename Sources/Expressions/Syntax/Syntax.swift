/// A part of an expression as it was written, and where it stands.
package struct Syntax: Sendable {
  package indirect enum Form: Sendable {
    case literal(Expression.Value)
    case name(String)
    /// A name behind a point, `.name`, which is never a macro's variable.
    case rooted(String)
    case select(Syntax, String)
    case index(Syntax, Syntax)
    case call(String, [Syntax])
    case method(Syntax, String, [Syntax])
    case list([Syntax])
    case map([(key: Syntax, value: Syntax)])
    case not(Syntax)
    case negate(Syntax)
    case and([Syntax])
    case or([Syntax])
    case choose(Syntax, then: Syntax, otherwise: Syntax)
    case compare(Expression.Comparison, Syntax, Syntax)
    case arithmetic(Expression.Arithmetic, Syntax, Syntax)
    case member(Syntax, in: Syntax)
  }

  package let form: Form
  /// Where it begins in the text, in Unicode scalars from 0.
  let offset: Int
  let length: Int
  /// How many levels of parts it has.
  let height: Int

  init(_ form: Form, offset: Int, length: Int) {
    (self.form, self.offset, self.length) = (form, offset, length)
    height = 1 + (Self.parts(of: form).map(\.height).max() ?? 0)
  }

  /// The parts that it is made of.
  package var parts: [Syntax] { Self.parts(of: form) }

  private static func parts(of form: Form) -> [Syntax] {
    switch form {
    case .literal, .name, .rooted: []
    case .select(let part, _), .not(let part), .negate(let part): [part]
    case .index(let a, let b), .compare(_, let a, let b), .arithmetic(_, let a, let b), .member(let a, let b):
      [a, b]
    case .call(_, let parts), .list(let parts), .and(let parts), .or(let parts): parts
    case .method(let target, _, let arguments): [target] + arguments
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .choose(let condition, let then, let otherwise): [condition, then, otherwise]
    }
  }

  /// Whether it is one name and nothing more.
  package var isPlainName: Bool { if case .name = form { true } else { false } }

  /// The words of a name with points, as `payee.role`; nil for what is none.
  var words: [String]? {
    switch form {
    case .name(let word), .rooted(let word): [word]
    case .select(let inner, let word): inner.words.map { $0 + [word] }
    default: nil
    }
  }

  /// Whether a name with points begins with one.
  var isRooted: Bool {
    switch form {
    case .rooted: true
    case .select(let inner, _): inner.isRooted
    default: false
    }
  }
}
