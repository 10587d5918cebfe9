import ModuleProtocol

extension FrameColumn {
  /// Columns end to end, or nil when there is none or they are of different kinds.
  static func joined(_ parts: [FrameColumn]) -> FrameColumn? {
    guard let first = parts.first else { return nil }
    func cells<Cell>(_ pick: (Values) -> [Cell]?) -> [Cell]? {
      var whole: [Cell] = []
      whole.reserveCapacity(parts.reduce(0) { $0 + $1.count })
      for part in parts {
        guard let cells = pick(part.values) else { return nil }
        whole += cells
      }
      return whole
    }
    let values: Values?
    switch first.values {
    case .integer:
      values = cells { if case .integer(let cells) = $0 { cells } else { nil } }.map { .integer($0) }
    case .decimal(_, let places):
      values = cells { if case .decimal(let cells, places) = $0 { cells } else { nil } }
        .map { .decimal($0, places: places) }
    case .date: values = cells { if case .date(let cells) = $0 { cells } else { nil } }.map { .date($0) }
    case .boolean:
      values = cells { if case .boolean(let cells) = $0 { cells } else { nil } }.map { .boolean($0) }
    case .text:
      var dictionary: [String] = []
      values = cells { values -> [Int32]? in
        guard case .text(let codes, let words) = values else { return nil }
        let shift = Int32(dictionary.count)
        dictionary += words
        return codes.map { $0 + shift }
      }
      .map { .text($0, dictionary: dictionary) }
    }
    guard let values else { return nil }
    var missing: [Bool]?
    if parts.contains(where: { $0.missing != nil }) {
      missing = parts.flatMap { $0.missing ?? [Bool](repeating: false, count: $0.count) }
    }
    return FrameColumn(name: first.name, values: values, missing: missing)
  }
}
