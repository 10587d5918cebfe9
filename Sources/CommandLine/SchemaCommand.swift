import ArgumentParser
import Diagnostics
import JSONCore
import ModuleHost
import PlanAuthoring
import SystemIO

/// `incentive schema`: what a plan may hold, as a JSON Schema for editors and for programs that write plans.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Writes the JSON Schema of a plan, with the terms of the modules that are found.",
    discussion: """
      JSON Schema 2020-12. An editor that knows it completes keys and shows wrong ones as they are typed. With --page, \
      tables of keys stand in a page between lines `<!-- keys of PLACE -->` and `<!-- end of keys -->`; --format \
      markdown shows all places.
      """)

  @Option(help: "Only the schema of this module's terms.") var module: String?
  @Option(help: "json, or markdown: tables of the keys for people.") var format = Format.json
  @Option(help: "Show this page in Markdown with its tables of keys filled in.") var page: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json, markdown
  }

  func run() throws {
    let directory = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    if let module {
      guard let manifest = directory.modules[module] else {
        throw Diagnostic(
          .moduleUnknown, .error, "there is no module `\(module)`", at: nil as Location?,
          help: Suggestion.help(for: module, in: directory.modules.keys.sorted()))
      }
      let terms = try ModuleTerms(manifest)
      switch format {
      case .json: try Terminal.write(terms.json.text(pretty: true) + "\n")
      case .markdown: try Self.write(TermTables(terms).all)
      }
      return
    }
    if let page { return try fill(page, directory) }
    if format == .markdown { return try Self.write(PlanKeyTables.all) }
    let (schema, faults) = PlanSchema.of(directory)
    try Terminal.write(schema.json.text(pretty: true) + "\n")
    DiagnosticPrinter([]).show(faults)
    if faults.hasErrors { throw ExitCode(1) }
  }

  /// Shows a page with the tables of the plan's keys and of the terms of all modules.
  private func fill(_ page: String, _ directory: ModuleDirectory) throws {
    let text = String(decoding: try FileBytes.read(page), as: UTF8.self)
    var tables = PlanKeyTables.all
    for manifest in directory.modules.values.sorted(by: { $0.id < $1.id })
    where KeyTable.isShown(module: manifest.id, in: text) {
      tables += TermTables(try ModuleTerms(manifest)).all
    }
    try Terminal.write(KeyTable.filled(text, tables))
  }

  private static func write(_ tables: [KeyTable]) throws {
    try Terminal.write(tables.map { "## \($0.place)\n\n" + $0.markdown }.joined(separator: "\n"))
  }
}
