import ModuleProtocol
import Tables

extension FrameColumn {
  /// The cells of a table's column; the dictionary holds only the texts that occur, in order of first sight.
  init(_ column: Column, name: String) {
    switch column.values {
    case .text(let codes, let pool):
      let (cells, dictionary) = Self.compact(codes, pool)
      self.init(name: name, values: .text(cells, dictionary: dictionary), missing: column.missing)
    case .integer(let cells): self.init(name: name, values: .integer(cells), missing: column.missing)
    case .decimal(let cells, let places):
      self.init(name: name, values: .decimal(cells, places: places), missing: column.missing)
    case .date(let days): self.init(name: name, values: .date(days), missing: column.missing)
    case .boolean(let flags): self.init(name: name, values: .boolean(flags), missing: column.missing)
    }
  }

  private static func compact(_ codes: [Int32], _ pool: TextPool) -> ([Int32], [String]) {
    var dictionary: [String] = []
    if pool.count <= 4 * codes.count + 1024 {
      var places = [Int32](repeating: -1, count: pool.count)
      let cells = codes.map { code in
        if places[Int(code)] < 0 {
          places[Int(code)] = Int32(dictionary.count)
          dictionary.append(pool[code])
        }
        return places[Int(code)]
      }
      return (cells, dictionary)
    }
    var places: [Int32: Int32] = [:]
    let cells = codes.map { code in
      if let place = places[code] { return place }
      places[code] = Int32(dictionary.count)
      dictionary.append(pool[code])
      return Int32(dictionary.count - 1)
    }
    return (cells, dictionary)
  }
}
