package import Diagnostics
import JSONCore
import PlanCalendar
import PlanModel
package import Sessions
import SystemIO
import YAMLSource

/// Switches modules for teams in the files of a plan.
package struct Switchboard {
  /// An edit that waits to be written.
  package struct Draft {
    /// The file that the switch is written into.
    package let path: String
    package let edit: SwitchEdit
    fileprivate let before: [UInt8]
    fileprivate let after: [UInt8]
    /// The plan as it will be.
    package let planFile: PlanFile
  }

  private let planFile: PlanFile

  package init(_ planFile: PlanFile) { self.planFile = planFile }

  /// The plan with the switch in it; throws where it would not be the same plan with just that switch more.
  package func draft(_ edit: SwitchEdit) throws(Diagnostic) -> Draft {
    let path = place()
    let before = try FileBytes.read(path)
    let after = Array(try edit.applied(to: String(decoding: before, as: UTF8.self), file: path).utf8)
    let main = path == planFile.file ? after : try FileBytes.read(planFile.file)
    let edited = PlanFile(bytes: main, file: planFile.file, replacing: [path: after])
    let known = Set(planFile.diagnostics)
    if let fault = edited.diagnostics.first(where: { $0.severity == .error && !known.contains($0) }) {
      throw Diagnostic(
        fault.code, .error, "the switch cannot be made: \(fault.message)", at: nil as Location?,
        help: fault.help)
    }
    let old = planFile.plan?.teams.switches ?? []
    guard let new = edited.plan?.teams.switches, new.count == old.count + 1, Array(new.dropLast()) == old,
      new.last?.module.text == edit.module, new.last?.team?.text == edit.team, new.last?.from == edit.from
    else {
      throw Diagnostic(
        .wrongType, .error, "the switch cannot be added to `teams` as it is written", at: .file(path),
        help: "write `modules` as a list, each switch on a line that begins with `- `")
    }
    return Draft(path: path, edit: edit, before: before, after: after, planFile: edited)
  }

  /// Writes a draft, and a line of who did it and when into `module-switches.jsonl` beside the file.
  package func commit(_ draft: Draft) throws(Diagnostic) {
    let path = Path.real(draft.path) ?? draft.path
    let folder = Path.folder(of: path)
    let lock = try FolderLock(folder)
    defer { withExtendedLifetime(lock) {} }
    guard try FileBytes.read(path) == draft.before else {
      throw Diagnostic(
        .fileChanged, .error, "`\(draft.path)` changed meanwhile; nothing was written", at: .file(draft.path),
        help: "look at the file as it is now, and call the command again")
    }
    try AtomicFile.stage(draft.after, for: path).commit()
    try LogFile.append(
      Self.record(draft.edit, draft.path).bytes(), to: Path.join(folder, "module-switches.jsonl"))
  }

  /// The file of the plan that has `teams` with its switches, or has `teams`; else the plan's own.
  private func place() -> String {
    let roots = planFile.sources.map { source in
      let bytes = (try? FileBytes.read(source.file)) ?? []
      return (file: source.file, root: YAMLReader.read(bytes, file: source.file).root)
    }
    return roots.first { $0.root?["teams"]?["modules"] != nil }?.file
      ?? roots.first { $0.root?["teams"] != nil }?.file ?? planFile.file
  }

  private static func record(_ edit: SwitchEdit, _ path: String) -> JSONValue {
    [
      "at": .string(now), "by": .string(edit.by), "file": .string(path), "module": .string(edit.module),
      "team": edit.team.map { .string($0) } ?? .null, "enabled": .bool(edit.isEnabled),
      "from": .string(edit.from.description), "to": edit.to.map { .string($0.description) } ?? .null,
      "reason": .string(edit.reason),
    ]
  }

  /// The present second as ISO 8601, in UTC.
  private static var now: String {
    let seconds = SystemClock.secondsSince1970
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (seconds % 86_400 / 3600, seconds % 3600 / 60)
    let day = CalendarDate(day: Int32(seconds / 86_400))
    return "\(day)T\(two(hours)):\(two(minutes)):\(two(seconds % 60))Z"
  }
}
