import Diagnostics
import PlanModel
import Tables
import YAMLSource

/// Reads where the rows of a table come from: `file`, `sqlite`, or rows in the plan itself, `csv` or `jsonl`.
struct OriginReading {
  /// How binary fractions of a database are read.
  private enum Reals: String, CaseIterable {
    case refuse, shortest
  }

  let context: ReadingContext

  func read(_ reader: inout MappingReader) -> TableSource.Origin? {
    let files = reader.texts("file")
    let csv = reader.optional("csv")
    let lines = reader.optional("jsonl")
    let database = reader.optional("sqlite")
    let stated = [files != nil, csv != nil, lines != nil, database != nil].count { $0 }
    guard stated == 1 else {
      context.report(
        .missingKey, "\(reader.what) must have one of `file`, `sqlite`, `csv` and `jsonl`",
        at: reader.node.span.firstLine,
        help:
          "`file` names a file of CSV or JSON Lines below the data folder; `csv: |` holds the rows themselves"
      )
      return nil
    }
    if let files { return self.files(files) }
    if let database { return self.database(database) }
    let origin = csv.flatMap { inline($0, .csv) } ?? lines.flatMap { inline($0, .jsonLines) }
    if origin == nil, let node = csv ?? lines {
      context.report(.wrongType, "rows are wanted here, as a text of several lines", at: node.span)
    }
    return origin
  }

  /// Reports keys that say how cells of CSV are written, where rows are something else.
  func refuseFormats(_ table: YAMLNode, of origin: TableSource.Origin) {
    if origin.isCSV { return }
    let isDatabase = if case .database = origin { true } else { false }
    let what = isDatabase ? "a database" : "JSON Lines"
    for (key, why) in [
      ("separator", "\(what) \(isDatabase ? "has" : "have") no separator"),
      ("numbers", "numbers of \(what) are written in one way, like 1234.56"),
      ("encoding", "the texts of a database are read as they are stored"),
    ] {
      guard let node = table[key], node.scalar?.value != .null, isDatabase || key != "encoding" else {
        continue
      }
      context.report(.wrongValue, why, at: node.span, help: "leave `\(key)` out")
    }
  }

  private func inline(_ node: YAMLNode, _ format: TextFormat) -> TableSource.Origin? {
    node.scalar.map {
      .inline(text: $0.text, firstLine: $0.firstLine, file: node.span.file, format: format)
    }
  }

  private func files(_ files: [Named]) -> TableSource.Origin {
    for (place, file) in files.enumerated() {
      checkPath(file)
      if file.text.lowercased().hasSuffix(".json") {
        context.report(
          .wrongValue, "`\(file.text)` is one JSON document, not rows", at: file.span,
          help: "write one object a line to a file that ends in `.jsonl`; `jq -c '.[]'` makes them of a list")
      }
      if files[..<place].contains(file) {
        context.report(
          .duplicateName, "`\(file.text)` is named twice, and would count twice", at: file.span)
      }
    }
    return .files(files)
  }

  private func database(_ node: YAMLNode) -> TableSource.Origin? {
    guard var reader = MappingReader(node, "`sqlite`", context) else { return nil }
    let file = reader.text("file")
    let table = reader.optionalText("table")
    let query = reader.optionalText("query")
    let reals = reader.optionalWord("reals", Reals.self) ?? .refuse
    if (table == nil) == (query == nil), !reader.isMisspelt("table"), !reader.isMisspelt("query") {
      reader.reportAbsent(
        "table", .missingKey, "`sqlite` must have either `table` or `query`", at: node.span.firstLine,
        help: "`table` names a table or a view of the database; `query` is one `SELECT`")
    }
    reader.finish()
    if let file { checkPath(file) }
    guard let file else { return nil }
    let rows = table.map(DatabaseRows.Rows.table) ?? query.map(DatabaseRows.Rows.query)
    return rows.map { .database(DatabaseRows(file: file, rows: $0, takesReals: reals == .shortest)) }
  }

  private func checkPath(_ file: Named) {
    guard let fault = Self.fault(ofPath: file.text) else { return }
    context.report(.wrongValue, fault.message, at: file.span, help: fault.help)
  }

  /// Why a path does not name a file below the data folder, or nil when it does.
  private static func fault(ofPath path: String) -> (message: String, help: String)? {
    let outside =
      "a plan reads files below the data folder alone, so that nobody's plan can read other files of the computer; "
      + "put the file there, or name a folder above both with `--data`"
    let inside = "write the path of a file below the data folder"
    if path.hasPrefix("/") { return ("`\(path)` is an absolute path", outside) }
    if path.contains("\0") { return ("the path holds a NUL character", inside) }
    var depth = 0
    for part in path.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return ("`\(path)` leads out of the data folder", outside) }
    }
    return depth == 0 ? ("`file` names no file", inside) : nil
  }
}
