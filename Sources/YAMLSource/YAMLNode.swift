package import Diagnostics

/// A part of a YAML document and where it stands.
package struct YAMLNode: Sendable, Equatable {
  package indirect enum Content: Sendable, Equatable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLPair])
  }

  package let content: Content
  package let span: SourceSpan
  /// How many nodes there are in it, itself included, aliases counted as what they stand for.
  package let size: Int
  /// How deep it nests; 1 for a scalar.
  package let depth: Int

  init(_ content: Content, span: SourceSpan) {
    self.content = content
    self.span = span
    switch content {
    case .scalar: (size, depth) = (1, 1)
    case .sequence(let items):
      size = items.reduce(1) { $0 + $1.size }
      depth = 1 + (items.map(\.depth).max() ?? 0)
    case .mapping(let pairs):
      size = pairs.reduce(1) { $0 + 1 + $1.value.size }
      depth = 1 + (pairs.map(\.value.depth).max() ?? 0)
    }
  }

  /// The same content at another place, for an alias.
  func moved(to span: SourceSpan) -> YAMLNode { YAMLNode(content, span: span) }

  /// The pairs of a mapping, or nil.
  package var pairs: [YAMLPair]? { if case .mapping(let pairs) = content { pairs } else { nil } }
  /// The items of a sequence, or nil.
  package var items: [YAMLNode]? { if case .sequence(let items) = content { items } else { nil } }
  /// The scalar, or nil.
  package var scalar: YAMLScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }

  /// The value of a mapping's key.
  package subscript(key: String) -> YAMLNode? { pairs?.first { $0.key == key }?.value }
}

/// A key of a mapping and its value.
package struct YAMLPair: Sendable, Equatable {
  package let key: String
  package let keySpan: SourceSpan
  package let value: YAMLNode
}
