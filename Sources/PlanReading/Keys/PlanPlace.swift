/// A place of a plan by the keys that lead to it, and what may stand there.
package struct PlanPlace: Sendable {
  /// The last key on the way that is one of a plan's own.
  package let key: PlanKey?
  /// What may stand at the place.
  package let shape: PlanShape
  /// Inside the terms of a component: its name, and the way from its `config`.
  package let terms: (component: String, path: [String])?
  /// The last key on the way is a name that the plan gives itself.
  package let isName: Bool

  /// The place at the end of a path of keys and places in lists; nil where the plan knows nothing of the kind.
  package init?(_ path: [String]) {
    var shape = PlanShape.keys(PlanKeys.plan)
    var key: PlanKey?
    var isName = false
    for (depth, token) in path.enumerated() {
      guard let step = Self.step(shape, token) else { return nil }
      (shape, isName) = (step.shape, step.isName)
      if let found = step.key { key = found }
      if case .terms = shape {
        guard depth >= 2 else { return nil }
        terms = (path[1], Array(path[(depth + 1)...]))
        (self.key, self.shape, self.isName) = (key, shape, false)
        return
      }
    }
    (self.key, self.shape, self.isName, terms) = (key, shape, isName, nil)
  }

  private static func step(
    _ shape: PlanShape, _ token: String
  ) -> (shape: PlanShape, key: PlanKey?, isName: Bool)? {
    switch shape {
    case .keys(let keys):
      return keys.first { $0.name == token }.map { ($0.shape, $0, false) }
    case .entries(_, let inner): return (inner, nil, true)
    case .pairs(_, let inner): return (inner, nil, true)
    case .names(let kind): return Int(token) == nil ? nil : (.name(kind), nil, false)
    case .list(let inner): return Int(token) == nil ? step(inner, token) : (inner, nil, false)
    case .either(let shapes): return shapes.lazy.compactMap { step($0, token) }.first
    default: return nil
    }
  }
}

extension PlanShape {
  /// The keys that a mapping of this shape may have.
  package var keys: [PlanKey] {
    switch self {
    case .keys(let keys): keys
    case .either(let shapes): shapes.flatMap(\.keys)
    case .list(let shape): shape.keys
    default: []
    }
  }

  /// The words that a scalar of this shape may be, where they are few and known.
  package var words: [String] {
    switch self {
    case .words(let words): words
    case .boolean: ["true", "false"]
    case .columnType: ["text", "integer", "money", "decimal", "percent", "date", "boolean"]
    case .either(let shapes): shapes.flatMap(\.words)
    case .list(let shape): shape.words
    default: []
    }
  }

  /// The kinds of names that a scalar of this shape may be.
  package var names: [PlanName] {
    switch self {
    case .name(let kind), .names(let kind): [kind]
    case .either(let shapes): shapes.flatMap(\.names)
    case .list(let shape): shape.names
    default: []
    }
  }
}
