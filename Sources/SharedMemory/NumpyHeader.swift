/// The head of a `.npy` file of version 1.0 that holds a list of cells, little-endian.
package struct NumpyHeader: Sendable, Equatable {
  /// The kinds of cells, by numpy's names.
  package enum Kind: String, Sendable {
    case int64 = "<i8"
    case int32 = "<i4"
    case boolean = "|b1"

    /// The bytes of a cell.
    package var width: Int {
      switch self {
      case .int64: 8
      case .int32: 4
      case .boolean: 1
      }
    }
  }

  package let kind: Kind
  /// The number of cells.
  package let count: Int

  /// The longest head that is read; those of lists are 128 bytes.
  package static let longest = 1024
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]

  package init(_ kind: Kind, count: Int) {
    self.kind = kind
    self.count = count
  }

  /// The head as it stands in a file, padded so that the cells begin at a multiple of 64 bytes.
  package var bytes: [UInt8] {
    let text = "{'descr': '\(kind.rawValue)', 'fortran_order': False, 'shape': (\(count),), }"
    let length = (Self.magic.count + 2 + text.utf8.count + 1 + 63) / 64 * 64
    let padding = length - Self.magic.count - 2 - text.utf8.count - 1
    let rest = length - Self.magic.count - 2
    return Self.magic + [UInt8(rest & 255), UInt8(rest >> 8)] + text.utf8
      + repeatElement(0x20, count: padding) + [0x0A]
  }

  /// Reads the head at the beginning of a file, and where the cells begin; nil when it is not one of these.
  package static func parse(_ bytes: [UInt8]) -> (header: NumpyHeader, length: Int)? {
    let start = magic.count + 2
    guard bytes.count >= start, Array(bytes[..<magic.count]) == magic else { return nil }
    let length = start + Int(bytes[start - 2]) + Int(bytes[start - 1]) << 8
    guard length <= bytes.count, bytes[length - 1] == 0x0A else { return nil }
    let text = String(decoding: bytes[start..<length - 1].filter { $0 != 0x20 }, as: UTF8.self)
    return NumpyHeader(dictionary: text).map { ($0, length) }
  }

  /// Reads the dictionary of a head without its blanks: the three keys in any order.
  private init?(dictionary text: String) {
    var rest = text[...]
    func skip(_ word: String) -> Bool {
      guard rest.hasPrefix(word) else { return false }
      rest = rest.dropFirst(word.count)
      return true
    }
    func take(upTo end: Character) -> String {
      let part = rest.prefix { $0 != end }
      rest = rest.dropFirst(part.count)
      return String(part)
    }
    var kind: Kind?
    var count: Int?
    var isPlain = false
    guard skip("{") else { return nil }
    repeat {
      if skip("'descr':'") {
        kind = Kind(rawValue: take(upTo: "'"))
        guard skip("'") else { return nil }
      } else if skip("'fortran_order':False") {
        isPlain = true
      } else if skip("'shape':(") {
        count = Int(take(upTo: ","))
        guard skip(",)") else { return nil }
      } else {
        break
      }
    } while skip(",")
    guard rest == "}", isPlain, let kind, let count, count >= 0 else { return nil }
    self.init(kind, count: count)
  }
}
