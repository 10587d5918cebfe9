import Diagnostics
import PlanCalendar
import PlanModel
import PlanReading
import Sessions
import SystemIO
import Tables
import YAMLSource

/// Reads a file of plan tests: the plan that it names, rows for all of its tests, and the tests.
struct PlanTestReading {
  let context = ReadingContext()
  private(set) var plan: PlanFile?
  private(set) var tests: [PlanTest] = []

  init(_ document: YAMLDocument, bytes: [UInt8], file: String) {
    context.diagnostics = document.diagnostics
    guard let root = document.root, var reader = MappingReader(root, "a file of plan tests", context) else {
      return
    }
    let own = reader.optional("plan")
    plan =
      own?.pairs != nil
      ? PlanFile(bytes: bytes, document: document, root: own, file: file)
      : planFile(own.flatMap { reader.named($0) }, file)
    let data = reader.optional("data")
    let list = reader.required("tests", why: "a list of tests, each with `name` and `expect`")
    reader.finish()
    let shared = rows(data)
    if let list, list.items?.isEmpty ?? true {
      context.report(.wrongType, "`tests` must be a list of tests", at: list.span)
    }
    for item in list?.items ?? [] {
      if let test = test(item, shared) { tests.append(test) }
    }
    reportTwins()
  }

  /// The plan named, beside the file; unless one is named, `x.yaml` for `x.test.yaml`.
  private func planFile(_ name: Named?, _ file: String) -> PlanFile? {
    let own = file.hasSuffix(PlanTestFile.ending) ? file.dropLast(PlanTestFile.ending.count) + ".yaml" : nil
    let folder = Path.folder(of: file)
    let path = name.map { folder == "." ? $0.text : Path.join(folder, $0.text) }
    guard let path = path ?? own.map(String.init) else {
      context.diagnostics.append(
        Diagnostic(
          .missingKey, .error, "the file does not say which plan it tests", at: .file(file),
          help: "write `plan: plan.yaml`, a path from this file's folder, or below `plan:` the plan itself"))
      return nil
    }
    do {
      return try PlanFile.read(path)
    } catch {
      context.diagnostics.append(
        Diagnostic(
          error.code, .error, error.message, at: name.map { .source($0.span) } ?? .file(file),
          help: "`plan` names the plan to test, by a path from this file's folder"))
      return nil
    }
  }

  private func test(_ node: YAMLNode, _ shared: [String: TableSource.Origin]) -> PlanTest? {
    guard var reader = MappingReader(node, "a test", context) else { return nil }
    let name = reader.text("name", why: "say in a sentence what the plan must do")
    let source = reader.optionalText("source")?.text
    let asOf = reader.optionalDate("as_of")
    let rows = rows(reader.optional("data"))
    let tellings = reader.optional("diagnostics").map { self.tellings($0) }
    let list =
      tellings == nil
      ? reader.required("expect", why: "a list of what payees must get: `{payee: ann, total: 14500}`")
      : reader.optional("expect")
    reader.finish()
    if let list, list.items?.isEmpty ?? true {
      context.report(
        .wrongType, "`expect` must be a list of what payees must get", at: list.span,
        help: "write `- {payee: ann, period: 2026-Q1, total: 14500}`")
    }
    let expectations = (list?.items ?? []).compactMap { expectation($0) }
    guard let name else { return nil }
    return PlanTest(
      name: name, source: source, rows: shared.merging(rows) { $1 }, asOf: asOf, expectations: expectations,
      tellings: tellings)
  }

  /// The diagnostics that a test expects.
  private func tellings(_ node: YAMLNode) -> [PlanTest.Telling] {
    if node.items?.isEmpty ?? true {
      context.report(
        .wrongType, "`diagnostics` must be a list of what must be told", at: node.span,
        help: "write `- {code: bad-date, at: deals:3:date}`")
    }
    return (node.items ?? []).compactMap { item in
      guard var reader = MappingReader(item, "a diagnostic", context) else { return nil }
      let code = reader.text("code", why: "the word in brackets behind a message, like `bad-date`")
      let place = reader.optionalText("at")
      reader.finish()
      if let code, DiagnosticCode(rawValue: code.text) == nil {
        context.report(
          .unknownName, "there is no diagnostic `\(code.text)`", at: code.span,
          help: Suggestion.help(for: code.text, in: DiagnosticCode.allCases.map(\.rawValue)))
      }
      return code.map { PlanTest.Telling(code: $0, place: place) }
    }
  }

  /// Rows of the plan's tables, as CSV text.
  private func rows(_ node: YAMLNode?) -> [String: TableSource.Origin] {
    guard let node, let tables = plan?.plan?.tables.map(\.schema.name),
      var reader = MappingReader(node, "`data`", context)
    else { return [:] }
    var rows: [String: TableSource.Origin] = [:]
    for table in tables {
      guard let value = reader.optional(table) else { continue }
      if let scalar = value.scalar {
        rows[table] = .inline(text: scalar.text, firstLine: scalar.firstLine, file: value.span.file)
      } else {
        context.report(
          .wrongType, "the rows of table `\(table)` must be CSV text", at: value.span.firstLine,
          help: "write `\(table): |`, and below it the heading and the rows")
      }
    }
    reader.finish()
    return rows
  }

  private func expectation(_ node: YAMLNode) -> PlanTest.Expectation? {
    guard let plan = plan?.plan, var reader = MappingReader(node, "an expectation", context) else {
      return nil
    }
    let payee = reader.text("payee")
    let paths = FigurePaths(plan: plan)
    let subject: PlanTest.Subject
    let names: [String]
    if let id = reader.optionalText("transaction") {
      (subject, names) = (transaction(&reader, id, plan), paths.lineNames)
    } else {
      (subject, names) = (period(&reader, plan), paths.names)
    }
    var figures: [PlanTest.Figure] = []
    for name in names + (node.pairs ?? []).map(\.key).filter(paths.isOpen) {
      guard !figures.contains(where: { $0.name == name }), let value = reader.optional(name) else { continue }
      if let amount = reader.number(value, plan.currency) {
        figures.append(PlanTest.Figure(name: name, amount: amount, place: Named(name, value.span)))
      }
    }
    for pair in node.pairs ?? [] where pair.value.scalar?.value == .null {
      context.report(.wrongType, "`\(pair.key)` has no value", at: pair.keySpan)
    }
    if !(node.pairs ?? []).contains(where: { !Self.wordsOfSubjects.contains($0.key) }) {
      context.report(
        .missingKey, "an expectation names no figure", at: node.span.firstLine,
        help: "write `total: …`, or the name of a component or measure")
    }
    reader.finish()
    return payee.map { PlanTest.Expectation(payee: $0, subject: subject, figures: figures) }
  }

  private static let wordsOfSubjects: Set<String> = ["payee", "period", "transaction", "credit"]

  private func period(_ reader: inout MappingReader, _ plan: Plan) -> PlanTest.Subject {
    let period = reader.optionalText("period")
    let labels = plan.calendar.periods.map(\.label)
    if period == nil, labels.count > 1 {
      reader.reportAbsent(
        "period", .missingKey, "an expectation has no `period`, and the plan has \(labels.count)",
        at: reader.place, help: "write `period: \(labels[0])`, or the `transaction` that is meant")
    }
    return .period(period)
  }

  private func transaction(_ reader: inout MappingReader, _ id: Named, _ plan: Plan) -> PlanTest.Subject {
    let credit = reader.optionalText("credit")
    let rules = plan.credits.map(\.name.text)
    if let credit, !rules.contains(credit.text) {
      context.report(
        .unknownName, "there is no credit rule `\(credit.text)`", at: credit.span,
        help: Suggestion.help(for: credit.text, in: rules))
    }
    return .transaction(id, credit: credit)
  }

  private func reportTwins() {
    for (index, test) in tests.enumerated()
    where tests[..<index].contains(where: { $0.name.text == test.name.text }) {
      context.report(.duplicateName, "two tests have the name `\(test.name.text)`", at: test.name.span)
    }
  }
}
