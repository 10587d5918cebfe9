import Diagnostics
import Glibc
import JSONCore
import PlanAuthoring
import PlanCalendar
import PlanModel
import Sessions
import SystemIO
import YAMLSource

/// Modules that are switched off, switched on by one key: where the switch stands, and where a component names the module.
extension Desk {
  func switchActions(_ document: OpenDocument, _ range: TextRange) -> [JSONValue] {
    let file = analysis(of: document).file
    guard let plan = file.plan else { return [] }
    let edits =
      turnedSwitches(document, range)
      + plan.components.filter { isTouched($0.module.span, document, range) }
      .flatMap { newSwitches($0.module.text, plan.teams, document) }
    return edits.map { edit in
      [
        "title": .string(edit.title), "kind": "quickfix",
        "edit": workspaceEdit([document.uri: edit.edits]),
      ]
    }
  }

  private func isTouched(_ span: SourceSpan, _ document: OpenDocument, _ range: TextRange) -> Bool {
    guard span.file == document.file else { return false }
    let line = span.start.line - 1
    return (range.start.line...max(range.start.line, range.end.line)).contains(line)
  }

  /// Switches at the place that are off, turned on.
  private func turnedSwitches(
    _ document: OpenDocument, _ range: TextRange
  ) -> [(title: String, edits: [JSONValue])] {
    let items = analysis(of: document).root?["teams"]?["modules"]?.items ?? []
    return items.compactMap { item in
      guard let module = item["module"]?.scalar?.text, let enabled = item["enabled"],
        enabled.scalar?.value == .boolean(false),
        isTouched(item.span, document, range) || isTouched(enabled.span, document, range)
      else { return nil }
      let place = document.text.range(of: enabled.span, encoding).json
      let edit: JSONValue = ["range": place, "newText": "true"]
      return (title: "switch `\(module)` on here\(Self.words(item["team"]?.scalar?.text))", edits: [edit])
    }
  }

  /// Switches that turn a module on again from the day that is looked at, for each team that it is off for.
  private func newSwitches(
    _ module: String, _ teams: Teams, _ document: OpenDocument
  ) -> [(title: String, edits: [JSONValue])] {
    let day =
      settings.asOf ?? CalendarDate(day: Int32(SystemClock.secondsSince1970 / 86_400))
    let own = teams.of(module: module)
    var told: Set<String?> = []
    return own.switches.map { $0.team?.text }.filter { told.insert($0).inserted }.compactMap { team in
      guard let decisive = own.decisive(for: team, on: day), !decisive.isEnabled, decisive.from < day else {
        return nil
      }
      let edit = SwitchEdit(
        module: module, team: team, isEnabled: true, from: day, to: nil, reason: "switched on again",
        by: getenv("USER").map { String(cString: $0) } ?? "editor")
      // A list that stands in another file, or in brackets, is left to its author.
      guard analysis(of: document).root?["teams"] != nil,
        let text = try? edit.applied(to: document.text.text, file: document.file)
      else { return nil }
      let edits = LineEdits(from: document.text, to: TextDocument(text)).edits.map {
        ["range": $0.range(encoding).json, "newText": .string($0.text)] as JSONValue
      }
      return (title: "switch `\(module)` on from \(day)\(Self.words(team))", edits: edits)
    }
  }

  private static func words(_ team: String?) -> String { team.map { " for \($0)" } ?? " for everybody" }
}
