import Glibc

/// Why a file could not be read, written or understood, for people.
struct OCFFault: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// Files read and written whole.
enum TextFiles {
  static func read(_ path: String) throws(OCFFault) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw OCFFault("\(path) cannot be opened") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else { throw OCFFault("\(path) cannot be read") }
    return bytes
  }

  /// Writes under a temporary name first, so that no half-written file is ever seen.
  static func write(_ text: String, _ path: String) throws(OCFFault) {
    let temporary = path + ".part"
    guard let file = fopen(temporary, "wb") else { throw OCFFault("\(path) cannot be written") }
    let bytes = Array(text.utf8)
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw OCFFault("\(path) cannot be written")
    }
  }

  /// Makes a folder, unless it is there.
  static func makeFolder(_ path: String) throws(OCFFault) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw OCFFault("folder \(path) cannot be made") }
  }

  static func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}

/// CSV by RFC 4180.
enum CSVText {
  static func line(_ cells: [String]) -> String {
    cells.map { cell in
      cell.contains { $0 == "," || $0 == "\"" || $0.isNewline }
        ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }.joined(separator: ",") + "\n"
  }

  /// The rows, each a dictionary by heading.
  static func rows(_ bytes: [UInt8]) -> [[String: String]] {
    var table: [[String]] = []
    var (row, cell): ([String], [UInt8]) = ([], [])
    var (isQuoted, wasQuote) = (false, false)
    func close(_ endsRow: Bool) {
      row.append(String(decoding: cell, as: UTF8.self))
      cell = []
      if endsRow {
        if row != [""] { table.append(row) }
        row = []
      }
    }
    for byte in bytes {
      switch byte {
      case 0x22:
        if isQuoted { wasQuote = true } else if wasQuote { cell.append(byte) }
        isQuoted.toggle()
        continue
      case 0x2C where !isQuoted: close(false)
      case 0x0A where !isQuoted: close(true)
      case 0x0D where !isQuoted: break
      default: cell.append(byte)
      }
      wasQuote = false
    }
    if !cell.isEmpty || !row.isEmpty { close(true) }
    guard let headings = table.first else { return [] }
    return table.dropFirst().map { row in
      Dictionary(zip(headings, row)) { first, _ in first }
    }
  }
}
