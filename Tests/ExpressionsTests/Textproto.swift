import Foundation

/// A message in protobuf's text format: fields in order, each a text, a word or another message.
struct Textproto {
  indirect enum Value {
    case text([UInt8])
    case word(String)
    case message(Textproto)
  }

  var fields: [(name: String, value: Value)] = []

  /// All messages of this name.
  func messages(_ name: String) -> [Textproto] {
    fields.compactMap { if $0.name == name, case .message(let inner) = $0.value { inner } else { nil } }
  }

  func message(_ name: String) -> Textproto? { messages(name).first }

  func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  func bytes(_ name: String) -> [UInt8]? {
    for field in fields where field.name == name {
      if case .text(let bytes) = field.value { return bytes }
    }
    return nil
  }

  func word(_ name: String) -> String? {
    for field in fields where field.name == name {
      if case .word(let word) = field.value { return word }
    }
    return nil
  }

  static func read(path: String) throws -> Textproto {
    read(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
  }

  /// Reads a whole text.
  static func read(_ bytes: [UInt8]) -> Textproto {
    var reader = Reader(bytes: bytes)
    return reader.message()
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    mutating func space() {
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "#") {
          while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        } else if bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ",")
          || bytes[index] == UInt8(ascii: ";")
        {
          index += 1
        } else {
          return
        }
      }
    }

    mutating func take(_ letter: Character) -> Bool {
      space()
      guard index < bytes.count, bytes[index] == letter.asciiValue else { return false }
      index += 1
      return true
    }

    mutating func message() -> Textproto {
      var message = Textproto()
      while true {
        space()
        if index >= bytes.count || take("}") { return message }
        let name = word()
        _ = take(":")
        if take("{") {
          message.fields.append((name, .message(self.message())))
        } else if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
          var text: [UInt8] = []
          while index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
            text += self.text()
            space()
          }
          message.fields.append((name, .text(text)))
        } else {
          message.fields.append((name, .word(word())))
        }
      }
    }

    mutating func word() -> String {
      space()
      let start = index
      while index < bytes.count, bytes[index] > 0x20, !"{}:,;".utf8.contains(bytes[index]) { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    mutating func text() -> [UInt8] {
      let quote = bytes[index]
      index += 1
      var text: [UInt8] = []
      while bytes[index] != quote {
        let byte = bytes[index]
        index += 1
        text += byte == UInt8(ascii: "\\") ? escape() : [byte]
      }
      index += 1
      return text
    }

    mutating func escape() -> [UInt8] {
      let letter = Character(Unicode.Scalar(bytes[index]))
      index += 1
      let plain: [Character: UInt8] = ["n": 10, "t": 9, "r": 13, "a": 7, "b": 8, "f": 12, "v": 11]
      switch letter {
      case "x", "X": return [UInt8(truncatingIfNeeded: digits(2, 16))]
      case "u": return utf8(digits(4, 16))
      case "U": return utf8(digits(8, 16))
      case "0"..."7":
        index -= 1
        return [UInt8(truncatingIfNeeded: digits(3, 8))]
      default: return plain[letter].map { [$0] } ?? Array(String(letter).utf8)
      }
    }

    mutating func digits(_ most: Int, _ radix: Int) -> UInt32 {
      var value: UInt32 = 0
      var count = 0
      while count < most, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, digit < radix {
        value = value * UInt32(radix) + UInt32(digit)
        (index, count) = (index + 1, count + 1)
      }
      return value
    }

    func utf8(_ code: UInt32) -> [UInt8] { Unicode.Scalar(code).map { Array(String($0).utf8) } ?? [] }
  }
}
