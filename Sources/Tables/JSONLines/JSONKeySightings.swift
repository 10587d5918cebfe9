import Diagnostics
import Dispatch

/// Which keys were met in which part of a text of JSON Lines.
///
/// INVARIANT: what is mutable is touched only while `turn` is held.
final class JSONKeySightings: @unchecked Sendable {
  /// What one chunk told.
  struct Chunk {
    let number: Int
    let lineCount: Int
    /// Keys that the plan does not describe, each with the line on which it was first met there, from 1.
    let others: [(path: String, line: Int32)]
    /// For each column, whether its key was met.
    let columns: [Bool]
    /// The lines that hold an object.
    let objectCount: Int
  }

  private let turn = DispatchSemaphore(value: 1)
  private var chunks: [Chunk] = []

  func add(_ chunk: Chunk) {
    turn.wait()
    chunks.append(chunk)
    turn.signal()
  }

  /// The keys that the plan does not describe, in the order of their texts, each with its first line.
  private func others(lineOffset: Int) -> [(path: String, line: Int)] {
    var first: [String: Int] = [:]
    var offset = lineOffset
    for chunk in chunks.sorted(by: { $0.number < $1.number }) {
      for (path, line) in chunk.others where first[path] == nil { first[path] = offset + Int(line) }
      offset += chunk.lineCount
    }
    return first.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What is to be told of keys that columns lack, and of keys without columns; and whether a column that must have
  /// cells has none at all.
  func diagnostics(
    _ schema: TableSchema, file: String, lineOffset: Int
  ) -> (told: [Diagnostic], isWhole: Bool) {
    let others = others(lineOffset: lineOffset)
    var told: [Diagnostic] = []
    var isWhole = true
    let related: [(Location, String)] =
      schema.span.map { [(.source($0), "table `\(schema.name)` is described here")] } ?? []
    let hasObjects = chunks.contains { $0.objectCount > 0 }
    for (place, column) in schema.columns.enumerated() where hasObjects {
      if chunks.contains(where: { $0.columns[place] }) { continue }
      isWhole = isWhole && column.isOptional
      told.append(
        Diagnostic(
          .columnMissing, column.isOptional ? .warning : .error,
          "no row of `\(file)` has the key `\(column.header)`", at: .file(file),
          help: Suggestion.help(for: column.header, in: others.map(\.path)), related: related))
    }
    if !schema.ignoresOtherColumns {
      for (path, line) in others {
        told.append(
          Diagnostic(
            .columnUnknown, .warning, "key `\(path)` is not described by the plan and is not read",
            at: .row(file: file, line: line, column: nil),
            help: "describe it under `columns`, or state `other_columns: ignore`", related: related))
      }
    }
    return (told, isWhole)
  }
}
