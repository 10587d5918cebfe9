package import Diagnostics
import JSONCore
package import PlanCalendar
import YAMLSource

/// Writes a switch of a module into the text of a plan, and leaves every other byte as it is.
package struct SwitchEdit: Sendable {
  package let module: String
  /// Nil for everybody.
  package let team: String?
  package let isEnabled: Bool
  package let from: CalendarDate
  package let to: CalendarDate?
  package let reason: String
  package let by: String

  package init(
    module: String, team: String?, isEnabled: Bool, from: CalendarDate, to: CalendarDate?, reason: String,
    by: String
  ) {
    self.module = module
    self.team = team
    self.isEnabled = isEnabled
    self.from = from
    self.to = to
    self.reason = reason
    self.by = by
  }

  /// The switch as a flow mapping of YAML.
  var entry: String {
    var pairs = ["module: \(Self.quoted(module))"]
    if let team { pairs.append("team: \(Self.quoted(team))") }
    pairs += ["enabled: \(isEnabled)", "from: \(from)"]
    if let to { pairs.append("to: \(to)") }
    pairs += ["reason: \(Self.quoted(reason))", "by: \(Self.quoted(by))"]
    return "{" + pairs.joined(separator: ", ") + "}"
  }

  /// Texts stand in double quotes, whose rules YAML has from JSON.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x5F }
      && !["true", "false", "null"].contains(text.lowercased())
    return isPlain ? text : JSONValue.string(text).text()
  }

  /// The text with the switch in it; throws where `teams` is written in a way that cannot be added to.
  package func applied(to text: String, file: String) throws(Diagnostic) -> String {
    let end = text.utf8.contains(0x0D) ? "\r\n" : "\n"
    // By bytes: a line feed behind a carriage return is no character of its own.
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let root = YAMLReader.read(Array(text.utf8), file: file).root
    guard let teams = root?["teams"] else {
      let tail = text.isEmpty || text.utf8.last == 0x0A ? "" : end
      return text + tail + "\(end)teams:\(end)  modules:\(end)    - \(entry)\(end)"
    }
    let carriage = end == "\r\n" ? "\r" : ""
    if let modules = teams["modules"] {
      guard let last = modules.items?.last else { throw Self.refusal(modules.span) }
      let line = modules.span.start.line - 1
      // A block list begins with a dash; one in brackets would have to be taken apart.
      guard line < lines.count, let indent = Self.indentBeforeDash(lines[line]) else {
        throw Self.refusal(modules.span)
      }
      lines.insert(indent + "- " + entry + carriage, at: Self.lastLine(last))
    } else {
      let key = root?.pairs?.first { $0.key == "teams" }?.keySpan.start.line ?? 0
      guard let first = teams.pairs?.first, first.keySpan.start.line > key else {
        throw Self.refusal(teams.span)
      }
      let indent = String(repeating: " ", count: first.keySpan.start.column - 1)
      lines.insert(
        contentsOf: [indent + "modules:" + carriage, indent + "  - " + entry + carriage],
        at: first.keySpan.start.line - 1)
    }
    return lines.joined(separator: "\n")
  }

  /// The indentation before the dash of a block list's first item, or nil for another kind of list.
  private static func indentBeforeDash(_ line: String) -> String? {
    let indent = line.prefix { $0 == " " }
    return line.dropFirst(indent.count).hasPrefix("- ") ? String(indent) : nil
  }

  /// The number of the last line, counted from 1, that a node stands on.
  private static func lastLine(_ node: YAMLNode) -> Int {
    if let scalar = node.scalar {
      return scalar.style == .block ? max(node.span.start.line, node.span.end.line - 1) : node.span.end.line
    }
    let inner = (node.items ?? []) + (node.pairs ?? []).map(\.value)
    let deepest = inner.map(lastLine).max() ?? node.span.start.line
    // What stands in braces ends with them, maybe on a line of their own; a block ends where the next thing begins.
    let isInBraces = node.pairs?.first.map { $0.keySpan.start != node.span.start } ?? true
    return isInBraces ? max(deepest, node.span.end.line) : deepest
  }

  private static func refusal(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongType, .error, "the switches cannot be added to as they are written here", at: span,
      help: "write `modules` as a list, each switch on a line that begins with `- `")
  }
}
