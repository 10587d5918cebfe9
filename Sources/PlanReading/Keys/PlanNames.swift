package import Diagnostics
import PlanModel
package import YAMLSource

/// A name where it stands in a plan: where it is given, or where it is used.
package struct PlanMention: Sendable {
  /// What it names; columns are of `table`, and attributes of payees.
  package let kind: PlanName
  package let text: String
  /// The table of a column.
  package let table: String?
  package let span: SourceSpan
  package let isDefinition: Bool

  /// Whether both name the same thing.
  package func names(_ other: PlanMention) -> Bool {
    kind == other.kind && text == other.text && table == other.table
  }
}

/// All names of a plan and where they stand, also of one that has faults.
package struct PlanNames: Sendable {
  package private(set) var mentions: [PlanMention] = []
  private let root: YAMLNode

  /// The names in a plan; `termsHoldName` tells whether a text at a place of a component's terms can be a name.
  package init(
    _ root: YAMLNode, termsHoldName: (_ module: String, _ path: [String], _ text: String) -> Bool
  ) {
    self.root = root
    walk(root, .keys(PlanKeys.plan), Scope())
    for component in root["components"]?.pairs ?? [] {
      guard let terms = component.value["config"], let module = component.value["module"]?.scalar?.text else {
        continue
      }
      let scope = Scope(tables: [lineTable(of: component.value["credits"])].compactMap { $0 })
      walkTerms(terms, [], scope) { path, text in termsHoldName(module, path, text) }
    }
  }

  /// The names of a kind that the plan gives, in order; columns of one table.
  package func defined(_ kind: PlanName, table: String? = nil) -> [String] {
    mentions.filter { $0.isDefinition && $0.kind == kind && $0.table == table }.map(\.text)
  }

  /// The mention at a position of a file, its ends included.
  package func mention(at position: SourcePosition, in file: String) -> PlanMention? {
    mentions.filter { $0.span.file == file && $0.span.start <= position && position <= $0.span.end }
      .min { ($0.span.end.column - $0.span.start.column) < ($1.span.end.column - $1.span.start.column) }
  }

  // MARK: The walk

  private struct Scope {
    /// The tables that the mappings around name, the innermost last.
    var tables: [String] = []
    /// The name of the innermost entry and the section it stands in.
    var section = ""
    var entry: YAMLNode?
  }

  private mutating func walk(_ node: YAMLNode, _ shape: PlanShape, _ scope: Scope) {
    switch shape {
    case .keys(let keys):
      var inner = scope
      if let table = node["table"]?.scalar?.text { inner.tables.append(table) }
      for pair in node.pairs ?? [] {
        guard let key = keys.first(where: { $0.name == pair.key }) else { continue }
        if scope.section.isEmpty { inner.section = pair.key }
        if scope.section == "people", key.shape.isAttribute {
          let amount = PeopleReading.amounts.first { $0.0 == pair.key }?.1.rawValue
          add(.attribute, amount ?? pair.key, nil, pair.keySpan, isDefinition: true)
        }
        walk(pair.value, key.shape, inner)
      }
    case .entries(let kind, let shape):
      for pair in node.pairs ?? [] {
        if kind != .heading {
          add(kind, pair.key, kind == .column ? scope.tables.last : nil, pair.keySpan, isDefinition: true)
        }
        var inner = scope
        if kind == .table { inner.tables.append(pair.key) }
        if kind == .rule || kind == .measure || kind == .component { inner.entry = pair.value }
        walk(pair.value, shape, inner)
      }
    case .pairs(let kind, let shape):
      for pair in node.pairs ?? [] {
        use(kind, pair.key, pair.keySpan, scope)
        walk(pair.value, shape, scope)
      }
    case .list(let shape): for item in node.items ?? [node] { walk(item, shape, scope) }
    case .names, .name:
      for kind in shape.names {
        for item in node.items ?? [node] { use(kind, item, scope) }
      }
    case .either(let shapes):
      if node.pairs != nil {
        if let keys = shapes.first(where: \.isMapping) { walk(node, keys, scope) }
      } else if let text = node.scalar?.text, !shape.words.contains(text) {
        for shape in shapes where !shape.isMapping { walk(node, shape, scope) }
      }
    case .condition: condition(node, scope)
    case .figure: figure(node)
    default: break
    }
  }

  private mutating func use(_ kind: PlanName, _ node: YAMLNode, _ scope: Scope) {
    guard let scalar = node.scalar, !scalar.text.isEmpty else { return }
    use(kind, scalar.text, node.nameSpan, scope)
  }

  private mutating func use(_ kind: PlanName, _ text: String, _ span: SourceSpan, _ scope: Scope) {
    let table: String? =
      switch kind {
      case .column: scope.tables.last
      case .columnOfCredited: scope.tables.count > 1 ? scope.tables[scope.tables.count - 2] : nil
      case .columnOfLines: lineTable(of: scope.entry?["credits"])
      default: nil
      }
    let isColumn = kind == .column || kind == .columnOfCredited || kind == .columnOfLines
    if isColumn, table == nil { return }
    add(isColumn ? .column : kind, text, table, span)
  }

  private mutating func add(
    _ kind: PlanName, _ text: String, _ table: String?, _ span: SourceSpan, isDefinition: Bool = false
  ) {
    mentions.append(
      PlanMention(kind: kind, text: text, table: table, span: span, isDefinition: isDefinition))
  }

  /// A column of the lines' table, or an attribute of the payees, or a column of their table.
  private mutating func addFigureName(_ text: Substring, _ table: String?, _ span: SourceSpan) {
    guard text.hasPrefix("payee.") else {
      if let table { add(.column, String(text), table, span) }
      return
    }
    let name = String(text.dropFirst("payee.".count))
    let start = SourcePosition(line: span.start.line, column: span.start.column + "payee.".count)
    let place = SourceSpan(file: span.file, start: start, end: span.end)
    let people = root["people"]
    if people?[name] != nil || people?["attributes"]?[name] != nil {
      add(.attribute, name, nil, place)
    } else if let table = people?["table"]?.scalar?.text {
      add(.column, name, table, place)
    }
  }

  private mutating func condition(_ node: YAMLNode, _ scope: Scope) {
    let table = scope.section == "credits" ? scope.tables.last : lineTable(of: scope.entry?["credits"])
    let looksAtMeasures = scope.section == "measures" && scope.entry?["credits"] == nil
    for word in node.words {
      if looksAtMeasures, !word.text.hasPrefix("payee."), let owner = word.text.split(separator: ".").first,
        root["measures"]?[String(owner)] != nil
      {
        let end = SourcePosition(
          line: word.span.start.line, column: word.span.start.column + owner.unicodeScalars.count)
        add(
          .measure, String(owner), nil, SourceSpan(file: word.span.file, start: word.span.start, end: end))
        continue
      }
      if scope.section != "credits", word.text == "amount" || word.text == "date" { continue }
      addFigureName(word.text, table, word.span)
    }
  }

  private mutating func figure(_ node: YAMLNode) {
    guard let scalar = node.scalar, scalar.style != .block else { return }
    let parts = scalar.text.split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return }
    let span = node.nameSpan
    if parts[0] == "payee" { return addFigureName(Substring(scalar.text), nil, span) }
    let end = SourcePosition(
      line: span.start.line, column: span.start.column + parts[0].unicodeScalars.count)
    let first = SourceSpan(file: span.file, start: span.start, end: end)
    if parts[0] == "row" {
      let start = SourcePosition(line: end.line, column: end.column + 1)
      for table in lineTables where root["data"]?[table]?["columns"]?[String(parts[1])] != nil {
        add(.column, String(parts[1]), table, SourceSpan(file: span.file, start: start, end: span.end))
      }
    } else if root["measures"]?[String(parts[0])] != nil {
      add(.measure, String(parts[0]), nil, first)
    } else if root["components"]?[String(parts[0])] != nil {
      add(.component, String(parts[0]), nil, first)
    }
  }

  private mutating func walkTerms(
    _ node: YAMLNode, _ path: [String], _ scope: Scope, _ isName: (_ path: [String], _ text: String) -> Bool
  ) {
    switch node.content {
    case .mapping(let pairs):
      for pair in pairs { walkTerms(pair.value, path + [pair.key], scope, isName) }
    case .sequence(let items):
      for (index, item) in items.enumerated() { walkTerms(item, path + [String(index)], scope, isName) }
    case .scalar(let scalar):
      guard case .text = scalar.value, scalar.style != .block, isName(path, scalar.text) else { return }
      let isMeasure = root["measures"]?[scalar.text] != nil
      if isMeasure, path.last == "measure" {
        add(.measure, scalar.text, nil, node.nameSpan)
      } else {
        let isColumn = scope.tables.last.map { root["data"]?[$0]?["columns"]?[scalar.text] != nil } ?? false
        if isColumn || scalar.text.hasPrefix("payee.") {
          addFigureName(Substring(scalar.text), scope.tables.last, node.nameSpan)
        }
      }
    }
  }

  // MARK: Tables behind rules

  private var lineTables: Set<String> {
    Set((root["credits"]?.pairs ?? []).compactMap { table(ofRule: $0.key, []) })
  }

  /// The table whose rows the lines of the first of these rules come from.
  package func lineTable(of credits: YAMLNode?) -> String? {
    let first = credits?.scalar?.text ?? credits?.items?.first?.scalar?.text
    return first.flatMap { table(ofRule: $0, []) }
  }

  private func table(ofRule name: String, _ seen: Set<String>) -> String? {
    guard !seen.contains(name), let rule = root["credits"]?[name] else { return nil }
    if let table = rule["table"]?.scalar?.text { return table }
    let origin = rule["roll_up"]
    if let other = origin?.scalar?.text { return table(ofRule: other, seen.union([name])) }
    guard let component = origin?["earnings"]?.scalar?.text else { return nil }
    let credits = root["components"]?[component]?["credits"]
    let first = credits?.scalar?.text ?? credits?.items?.first?.scalar?.text
    return first.flatMap { table(ofRule: $0, seen.union([name])) }
  }
}

extension PlanShape {
  /// Whether only a mapping can be of this shape.
  fileprivate var isMapping: Bool {
    switch self {
    case .keys, .entries, .pairs: true
    default: false
    }
  }

  /// Whether it is that of an attribute of payees: a column, or a table of dated values.
  fileprivate var isAttribute: Bool {
    if case .either = self { !keys.isEmpty && names == [.column] } else { false }
  }
}

extension YAMLNode {
  /// The place of the text itself, without its quotes.
  package var nameSpan: SourceSpan {
    guard scalar?.style == .quoted, span.start.line == span.end.line, span.end.column - span.start.column >= 2
    else { return span }
    return SourceSpan(
      file: span.file, start: SourcePosition(line: span.start.line, column: span.start.column + 1),
      end: SourcePosition(line: span.end.line, column: span.end.column - 1))
  }

  /// The names in a condition, `payee.role` as one; words in quotes and functions are left out.
  package var words: [(text: Substring, span: SourceSpan)] {
    guard let scalar, scalar.style != .block, span.start.line == span.end.line else { return [] }
    var found: [(Substring, SourceSpan)] = []
    let start = nameSpan.start
    let scalars = Array(scalar.text.unicodeScalars)
    var place = 0
    var quote: Unicode.Scalar?
    while place < scalars.count {
      let letter = scalars[place]
      if let open = quote {
        if letter == open { quote = nil }
        place += 1
      } else if letter == "\"" || letter == "'" {
        quote = letter
        place += 1
      } else if letter.properties.isXIDStart || letter == "_" {
        let first = place
        while place < scalars.count, scalars[place].properties.isXIDContinue || scalars[place] == "." {
          place += 1
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[first..<place])
        let word = String(text)
        let isCall = place < scalars.count && scalars[place] == "("
        if isCall || ["true", "false", "null", "in"].contains(word) { continue }
        found.append(
          (
            Substring(word),
            SourceSpan(
              file: span.file, start: SourcePosition(line: start.line, column: start.column + first),
              end: SourcePosition(line: start.line, column: start.column + place))
          ))
      } else {
        place += 1
      }
    }
    return found
  }
}
