import ArgumentParser
import Diagnostics
import JSONCore
import Reports
import SystemIO

/// The two forms in which commands tell of faults.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Shows diagnostics to a person on standard error, or to a program on standard output.
struct DiagnosticPrinter {
  private let sources: [SourceText]

  init(_ sources: [SourceText]) { self.sources = sources }

  /// At most this many of one code are shown to a person; files and JSON have them all.
  static let mostOfACode = 20

  /// Writes diagnostics for a person.
  func show(_ diagnostics: [Diagnostic]) {
    let renderer = DiagnosticText(sources: sources, colour: Terminal.errorIsTerminal && Terminal.wantsColour)
    var counts: [DiagnosticCode: Int] = [:]
    for diagnostic in diagnostics {
      counts[diagnostic.code, default: 0] += 1
      if counts[diagnostic.code, default: 0] <= Self.mostOfACode {
        Terminal.writeError(renderer.render(diagnostic))
      }
    }
    for (code, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where count > Self.mostOfACode {
      Terminal.writeError("… and \(count - Self.mostOfACode) more of \(code.rawValue)\n")
    }
    if !diagnostics.isEmpty { Terminal.writeError(Self.summary(diagnostics) + "\n") }
  }

  static func json(_ diagnostics: [Diagnostic]) -> JSONValue { .array(diagnostics.map(\.json)) }

  private static func summary(_ diagnostics: [Diagnostic]) -> String {
    func count(_ severity: Diagnostic.Severity, _ word: String) -> String? {
      let number = diagnostics.count { $0.severity == severity }
      return number == 0 ? nil : "\(number) \(word)\(number == 1 ? "" : "s")"
    }
    return [count(.error, "error"), count(.warning, "warning"), count(.note, "note")].compactMap { $0 }
      .joined(separator: ", ")
  }
}
