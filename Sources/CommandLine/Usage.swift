import ArgumentParser
import Diagnostics

/// Wrong usage that the parser of arguments would pass over, or tell of less well.
enum Usage {
  /// What is wrong with the arguments, or nil.
  static func fault(in arguments: [String]) -> String? {
    if let first = arguments.first, !first.hasPrefix("-") {
      let known = Incentive.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
      if !known.contains(first) {
        return "there is no command `\(first)`"
          + (Suggestion.help(for: first, in: known).map { "; \($0)" } ?? "")
      }
    }
    var seen: Set<Substring> = []
    for argument in arguments {
      if argument == "--" { break }
      guard argument.hasPrefix("--") else { continue }
      let name = argument.prefix { $0 != "=" }
      if !seen.insert(name).inserted { return "\(name) is given twice, and takes one value" }
    }
    return nil
  }
}
