import Diagnostics
import Engine
import JSONCore
import ModuleHost
import PlanCalendar
import PlanModel
import PlanReading
import Sessions
import Tables
import YAMLSource

/// What may be typed at a place: keys, words, names, values from the data.
extension Desk {
  /// The protocol's numbers for kinds of items.
  enum CompletionKind: Int {
    case method = 2
    case function = 3
    case field = 5, variable = 6, module = 9, property = 10, value = 12, enumMember = 20, reference = 18
  }

  struct Item {
    let label: String
    let kind: CompletionKind
    var detail: String?
    var text: String?
    var order = 1
    /// What is typed to find it, where that is not the label.
    var filter: String?
  }

  func completion(_ document: OpenDocument, _ position: TextPosition) -> JSONValue {
    let offset = document.text.offset(of: position, encoding)
    guard let cursor = CursorPlace(document.text, offset: offset) else { return .null }
    let items =
      cursor.spot == .key ? keyItems(cursor, document) : valueItems(cursor, document)
    let typed = cursor.typed
    let start = document.text.position(of: offset - typed.utf8.count, encoding)
    let range = TextRange(start: start, end: position).json
    var seen: Set<String> = []
    let json = items.filter { seen.insert($0.filter ?? $0.label).inserted }.prefix(500).map { item in
      var object = JSONObject([
        ("label", .string(item.label)), ("kind", .number(item.kind.rawValue)),
        ("sortText", .string("\(item.order)\(item.label)")),
        ("filterText", .string(item.filter ?? item.label)),
        ("textEdit", ["range": range, "newText": .string(item.text ?? item.label)]),
      ])
      object["detail"] = item.detail.map { .string($0) }
      return JSONValue.object(object)
    }
    return ["isIncomplete": false, "items": .array(Array(json))]
  }

  // MARK: Keys

  private func keyItems(_ cursor: CursorPlace, _ document: OpenDocument) -> [Item] {
    guard let place = PlanPlace(cursor.path) else { return [] }
    if let terms = place.terms {
      guard let schema = schemaPlace(terms, document) else { return [] }
      let known = schema.properties.filter { !cursor.siblings.contains($0.key) }
      let items = known.map { key, value in
        Item(
          label: key, kind: .property, detail: SchemaPlace(value, path: []).description, text: key + ": ",
          order: schema.required.contains(key) ? 0 : 1)
      }
      return items.isEmpty ? lookedUp(terms, document) : items
    }
    let items = place.shape.keys.filter { !cursor.siblings.contains($0.name) }.map { key in
      Item(
        label: key.name, kind: .property, detail: key.summary, text: key.name + ": ",
        order: key.presence == .required ? 0 : 1)
    }
    // A scalar in a list, where a key would do as well.
    return items + names(of: place.shape, cursor, document)
  }

  /// The values of the column by which a table of terms looks up, for its keys.
  private func lookedUp(_ terms: (component: String, path: [String]), _ document: OpenDocument) -> [Item] {
    guard terms.path.last == "table", let root = analysis(of: document).file.whole ?? document.lastRoot else {
      return []
    }
    var node = root["components"]?[terms.component]?["config"]
    for token in terms.path.dropLast() {
      node = Int(token).flatMap { node?.items?[safe: $0] } ?? node?[token]
    }
    guard let column = node?["by"]?.scalar?.text else { return [] }
    let credits = root["components"]?[terms.component]?["credits"]
    return values(ofColumn: column, table: names(document)?.lineTable(of: credits), document).map {
      Item(label: $0, kind: .value, detail: "in `\(column)`", text: $0 + ": ")
    }
  }

  // MARK: Values

  private func valueItems(_ cursor: CursorPlace, _ document: OpenDocument) -> [Item] {
    guard let place = PlanPlace(cursor.path) else { return [] }
    if let terms = place.terms { return termValues(terms, document) }
    switch place.shape {
    case .condition: return conditionItems(cursor, document)
    case .figure: return figureItems(document)
    case .entries, .keys, .pairs: return []
    default: break
    }
    var items = place.shape.words.map { Item(label: $0, kind: .enumMember) }
    items += names(of: place.shape, cursor, document)
    if case .text = place.shape, cursor.key == "currency" {
      items += ["USD", "EUR", "GBP", "CNY", "JPY"].map { Item(label: $0, kind: .value) }
    }
    if case .date = place.shape, let result = document.preview?.preview.result {
      for period in result.data.plan.calendar.periods {
        let isEnd = cursor.key == "to"
        let day = isEnd ? period.end.adding(days: -1) : period.start
        items.append(
          Item(
            label: day.description, kind: .value, detail: "\(isEnd ? "end" : "start") of \(period.label)"))
      }
    }
    return items
  }

  private func termValues(
    _ terms: (component: String, path: [String]), _ document: OpenDocument
  ) -> [Item] {
    guard let schema = schemaPlace(terms, document) else { return [] }
    var items = schema.words.map { Item(label: $0, kind: .enumMember) }
    if schema.kinds.contains("true or false") {
      items += ["true", "false"].map { Item(label: $0, kind: .enumMember) }
    }
    if schema.takesNames, let names = names(document) {
      let root = analysis(of: document).file.whole ?? document.lastRoot
      if terms.path.last == "measure" {
        return items + names.defined(.measure).map { Item(label: $0, kind: .reference, detail: "measure") }
      }
      let table = names.lineTable(of: root?["components"]?[terms.component]?["credits"])
      items += columns(table, names)
      items += attributes(names)
    }
    return items
  }

  private func names(of shape: PlanShape, _ cursor: CursorPlace, _ document: OpenDocument) -> [Item] {
    guard let names = names(document) else { return [] }
    let root = analysis(of: document).file.whole ?? document.lastRoot
    return shape.names.flatMap { kind -> [Item] in
      switch kind {
      case .module:
        return directory.modules.values.sorted { $0.id < $1.id }.map {
          Item(label: $0.id, kind: .module, detail: $0.summary)
        }
      case .column: return columns(cursor.table(in: root, skipping: 0), names)
      case .columnOfCredited: return columns(cursor.table(in: root, skipping: 1), names)
      case .columnOfLines:
        let entry = cursor.path.count > 1 ? root?[cursor.path[0]]?[cursor.path[1]] : nil
        return columns(names.lineTable(of: entry?["credits"]), names)
      default:
        return names.defined(kind).map { Item(label: $0, kind: .reference, detail: kind.word) }
      }
    }
  }

  func columns(_ table: String?, _ names: PlanNames) -> [Item] {
    guard let table else { return [] }
    return names.defined(.column, table: table).map {
      Item(label: $0, kind: .field, detail: "column of \(table)")
    }
  }

  func attributes(_ names: PlanNames) -> [Item] {
    var seen: Set<String> = []
    return names.defined(.attribute).filter { seen.insert($0).inserted }.map {
      Item(label: "payee.\($0)", kind: .field, detail: "attribute of the payee", order: 2)
    }
  }

  private func figureItems(_ document: OpenDocument) -> [Item] {
    guard let names = names(document) else { return [] }
    var words = ["payee", "name", "period", "start", "end", "currency", "total"]
    words += names.defined(.measure).flatMap { name in
      ["value", "in_period", "quota", "period_quota", "attainment"].map { "\(name).\($0)" }
    }
    words += names.defined(.component).flatMap { ["\($0).earned", "\($0).adjustment"] }
    return words.map { Item(label: $0, kind: .variable, detail: "figure") } + attributes(names)
  }

  /// The different texts in a column of the data, as last read.
  func values(ofColumn name: String, table: String?, _ document: OpenDocument) -> [String] {
    guard let table, let tables = document.preview?.preview.result.data.tables else { return [] }
    return tables[table]?[name]?.distinctTexts(atMost: 200) ?? []
  }
}

extension CursorPlace {
  /// The part of what is typed that an item replaces.
  var typed: String {
    let word = prefix.unicodeScalars.reversed().prefix { scalar in
      scalar.properties.isXIDContinue || scalar == "-" || scalar == "." || scalar.value > 0x7F
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: word.reversed())
    return String(text)
  }

  /// Whether the cursor stands inside quotes of a condition.
  var isInQuotes: Bool { prefix.count { $0 == "\"" } % 2 == 1 }

  /// The column that a value is compared with just before the cursor: `status` in `status == "wo`.
  var comparedColumn: String? {
    let match = prefix.firstMatch(of: #/([\w.]+)\s*(?:==|!=|in\s*\[(?:[^\]]*,)?)\s*"?[^"\s]*$/#)
    return match.map { String($0.1) }
  }

  /// The table that the mapping around the cursor names, or one further out.
  func table(in root: YAMLNode?, skipping count: Int) -> String? {
    if path.first == "data", path.count > 1 { return path[1] }
    var node = root
    var tables: [String] = []
    for token in path {
      node = Int(token).flatMap { node?.items?[safe: $0] } ?? node?[token]
      if let table = node?["table"]?.scalar?.text { tables.append(table) }
    }
    return tables.dropLast(count).last
  }
}

extension Array {
  /// The element at a place, or nil outside.
  subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
