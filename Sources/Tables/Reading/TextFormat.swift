/// How the text of a table is written.
package enum TextFormat: Sendable, Equatable {
  case csv
  /// One JSON object a line.
  case jsonLines

  /// The format of a file, by the end of its name: `.jsonl` and `.ndjson` are JSON Lines.
  package init(ofFile name: String) {
    let name = name.lowercased()
    self = name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") ? .jsonLines : .csv
  }

  /// Reads the whole text of a source, and lets the source hear all of it; `lineOffset` is added to line numbers.
  package func read(
    _ schema: TableSchema, from source: some TextSource, file: String, lineOffset: Int = 0
  ) -> TableReading {
    switch self {
    case .csv: CSVTableReader(schema, file: file, lineOffset: lineOffset).read(from: source)
    case .jsonLines: JSONLinesReader(schema, file: file, lineOffset: lineOffset).read(from: source)
    }
  }

  /// Reads a whole text.
  package func read(_ schema: TableSchema, _ text: [UInt8], file: String, lineOffset: Int) -> TableReading {
    read(schema, from: TextInMemory(text), file: file, lineOffset: lineOffset)
  }
}
