package import Diagnostics

/// Lays mappings over each other: parts side by side, or one in place of what another says.
package struct YAMLLayers {
  /// Keys that are stated by two parts, neither of which is above the other.
  package private(set) var diagnostics: [Diagnostic] = []

  package init() {}

  /// A mapping with the pairs of both; mappings under one key are joined, anything else under one key is a fault.
  package mutating func joined(_ node: YAMLNode, with part: YAMLNode) -> YAMLNode {
    guard var pairs = node.pairs, let others = part.pairs else { return node }
    for pair in others {
      guard let place = pairs.firstIndex(where: { $0.key == pair.key }) else {
        pairs.append(pair)
        continue
      }
      let own = pairs[place]
      if own.value.pairs != nil, pair.value.pairs != nil {
        pairs[place] = YAMLPair(
          key: own.key, keySpan: own.keySpan, value: joined(own.value, with: pair.value))
      } else {
        diagnostics.append(
          Diagnostic(
            .duplicateName, .error, "`\(pair.key)` is stated twice, here and in another part of the plan",
            at: pair.keySpan, help: "take one of them out; only `extends` lets a plan state something anew",
            related: [(.source(own.keySpan), "`\(pair.key)` is stated here too")]))
      }
    }
    return YAMLNode(.mapping(pairs), span: node.span)
  }

  /// A mapping with one key, as if it stood around the node.
  package static func below(_ key: String, _ node: YAMLNode) -> YAMLNode {
    YAMLNode(.mapping([YAMLPair(key: key, keySpan: node.span, value: node)]), span: node.span)
  }

  /// What `base` says, unless the mapping above it says otherwise: mappings are laid over each other key by key, null
  /// takes a key away, anything else stands in place of what was there.
  package static func overridden(_ base: YAMLNode, by node: YAMLNode) -> YAMLNode {
    guard var pairs = base.pairs, let own = node.pairs else { return node }
    for pair in own {
      let place = pairs.firstIndex { $0.key == pair.key }
      if pair.value.scalar?.value == .null {
        if let place { pairs.remove(at: place) }
      } else if let place {
        pairs[place] = YAMLPair(
          key: pair.key, keySpan: pair.keySpan, value: overridden(pairs[place].value, by: pair.value))
      } else {
        pairs.append(pair)
      }
    }
    return YAMLNode(.mapping(pairs), span: node.span)
  }
}

extension YAMLNode {
  /// The mapping without some of its keys.
  package func without(_ keys: Set<String>) -> YAMLNode {
    guard let pairs else { return self }
    return YAMLNode(.mapping(pairs.filter { !keys.contains($0.key) }), span: span)
  }
}
