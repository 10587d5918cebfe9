import Diagnostics
import Engine
import JSONCore
import ModuleHost
import Money
import PlanCalendar
import PlanModel
import PlanReading
import Reports
import Sessions
import Tables
import YAMLSource

/// What is shown over a word: what a key means, and the figures behind a name.
extension Desk {
  func hover(_ document: OpenDocument, _ position: TextPosition) -> JSONValue {
    let analysis = analysis(of: document)
    guard let root = analysis.root ?? document.lastRoot else { return .null }
    let place = document.text.sourcePosition(position, encoding)
    let path = NodePath(root, at: place)
    var parts: [String] = []
    var span: SourceSpan?
    if let mention = names(document)?.mention(at: place, in: document.file) {
      parts.append(figures(of: mention, document) ?? "**\(mention.text)**, a \(mention.kind.word)")
      span = mention.span
    }
    if let payee = payee(at: position, document) { parts.append(payee) }
    if let words = meaning(path, document) { parts.append(words) }
    let hints = currentHints(document, analysis)
    if let hint = hints.first(where: { $0.line == position.line && !$0.hint.place.isComponent }) {
      parts.append(hint.hint.tooltip)
    }
    if parts.isEmpty { return .null }
    var object = JSONObject([("contents", contents(parts.joined(separator: "\n\n---\n\n")))])
    if let span = span ?? path.spans.last, span.start.line == span.end.line {
      object["range"] = document.text.range(of: span, encoding).json
    }
    return .object(object)
  }

  private func contents(_ markdown: String) -> JSONValue {
    [
      "kind": .string(client.hasMarkdownHover ? "markdown" : "plaintext"),
      "value": .string(client.hasMarkdownHover ? markdown : markdown.filter { $0 != "*" && $0 != "`" }),
    ]
  }

  // MARK: Keys

  private func meaning(_ path: NodePath, _ document: OpenDocument) -> String? {
    guard let pair = path.pair, let place = PlanPlace(path.tokens) else { return nil }
    if let terms = place.terms {
      if let found = schemaPlace(terms, document) { return Self.words(pair.key, found, path.tokens) }
      // A key that is a value of a column, like that of a table of rates: what is around it is known.
      return nil
    }
    if place.isName, path.isOnKey { return nil }
    return place.key.map { Self.words($0) }
  }

  private static func words(_ key: PlanKey) -> String {
    var lines = ["**\(key.name)**: \(key.unlinked)"]
    switch key.presence {
    case .required: lines.append("must be there")
    case .optional(let usual): if let usual { lines.append("unless stated: \(usual)") }
    case .stated(let when): lines.append("must be stated \(when), since the field disagrees on it")
    }
    lines.append((key.shape.isChoice ? "one of " : "") + key.shape.value)
    if let example = key.example {
      lines.append("for example " + (example.contains("`") ? example : "`\(example)`"))
    }
    return lines.joined(separator: "\n\n")
  }

  private static func words(_ key: String, _ place: SchemaPlace, _ path: [String]) -> String? {
    guard Int(path.last ?? "") == nil else { return nil }
    var lines = ["**\(key)**" + (place.description.map { ": \($0)" } ?? "")]
    if !place.words.isEmpty {
      lines.append("one of " + place.words.map { "`\($0)`" }.joined(separator: ", "))
    }
    switch place.unit {
    case "share": lines.append("a share, written `7.5%` or `0.075`")
    case "money": lines.append("an amount of money, written `5000` or `5,000.00 USD`")
    case let unit?: lines.append("in \(unit)")
    case nil:
      if place.words.isEmpty, !place.kinds.isEmpty { lines.append(place.kinds.joined(separator: " or ")) }
    }
    if let usual = place.usual { lines.append("unless stated: `\(usual.string ?? usual.text())`") }
    if let example = place.examples.first {
      lines.append("for example `\(example.string ?? example.text())`")
    }
    return lines.joined(separator: "\n\n")
  }

  // MARK: Figures

  private func money(_ amount: ExactDecimal?, _ result: RunResult) -> String {
    amount.map { $0.padded(to: result.data.plan.currency.places).grouped } ?? "incomplete"
  }

  /// The numbers behind a name, from the last good preview.
  private func figures(of mention: PlanMention, _ document: OpenDocument) -> String? {
    guard let ready = document.preview else { return nil }
    let result = ready.preview.result
    let code = result.data.plan.currency.code
    switch mention.kind {
    case .component:
      guard result.component(mention.text) != nil else { return nil }
      var text = "**\(mention.text)** pays in \(ready.periodWord): "
      let total = ready.preview.total(component: mention.text, period: ready.period)
      text += "\(money(total, result)) \(ready.preview.unit(of: mention.text))"
      for (number, label) in ready.preview.periods.enumerated().suffix(12) {
        text += "\n- \(label): "
        text += money(ready.preview.total(component: mention.text, period: number), result)
      }
      return text
    case .measure:
      guard let measured = result.data.measures[mention.text] else { return nil }
      return MeasureWords(measured, result, ready).text
    case .rule:
      guard let lines = result.data.credited[mention.text] else { return nil }
      let sum = lines.amount.reduce(Int128(0)) { $0 + Int128($1) }
      let people = Set(lines.payee).count
      let total = ExactDecimal(coefficient: sum, scale: lines.places)
      let credited = total.padded(to: result.data.plan.currency.places).grouped
      return "**\(mention.text)** credits \(credited) \(code) in "
        + "\(lines.count) lines to \(people) \(people == 1 ? "payee" : "payees")"
    case .table:
      guard let table = result.data.tables[mention.text] else { return nil }
      let rejected = Set(
        ready.preview.outcome.rejected.filter { $0.table == mention.text }.map(\.line)
      ).count
      let files = "`\(table.file)`" + (table.hasSeveralFiles ? " and others" : "")
      return "**\(mention.text)** from \(files): \(table.rowCount) rows, \(rejected) rejected\n\n"
        + table.columns.map { "`\($0.name)`" }.joined(separator: ", ")
    case .column, .columnOfCredited, .columnOfLines:
      guard let column = mention.table.flatMap({ result.data.tables[$0] })?[mention.text] else { return nil }
      return ColumnWords(column, mention.table ?? "").text
    case .module:
      guard let module = directory.modules[mention.text] else { return nil }
      return "**\(module.id)** \(module.version): \(module.summary)"
    case .attribute, .heading: return nil
    }
  }

  /// The pay of the payee whose id stands at a position.
  private func payee(at position: TextPosition, _ document: OpenDocument) -> String? {
    guard let ready = document.preview, let id = word(at: position, document) else { return nil }
    let result = ready.preview.result
    let people = result.data.people
    guard let payee = people.finder.index(of: id) else { return nil }
    var text = "**\(people.names[payee])** (\(id)) in \(ready.periodWord): "
    text += "\(money(ready.preview.total(payee: payee, period: ready.period), result)) "
    text += result.data.plan.currency.code
    let totals = StatementReport(result).totals(payee: payee, period: ready.period)
    for part in totals.components {
      text += "\n- \(part.name): \(money(part.amount, result)) \(part.unit)"
    }
    return text
  }

  /// The word at a position, as ids are written: up to blanks, commas, quotes and brackets.
  func word(at position: TextPosition, _ document: OpenDocument) -> String? {
    let text = document.text
    let line = text.line(position.line)
    let offset = text.offset(of: position, encoding)
    // Editors ask about lines that an edit has just taken away.
    guard offset >= line.startIndex, offset <= line.endIndex else { return nil }
    func isPart(_ byte: UInt8) -> Bool { !" ,;\t\"'{}[]()=:".utf8.contains(byte) }
    let before = line[..<offset].reversed().prefix(while: isPart).count
    let after = line[offset...].prefix(while: isPart).count
    let word = line[(offset - before)..<(offset + after)]
    return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
  }
}
