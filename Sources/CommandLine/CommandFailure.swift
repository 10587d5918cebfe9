import Diagnostics

/// Faults that end a command.
struct CommandFailure: Error {
  let diagnostics: [Diagnostic]
  /// The texts that the faults lie in, for excerpts.
  var sources: [SourceText] = []
}
