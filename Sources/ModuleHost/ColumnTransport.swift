import Glibc
import ModuleProtocol

/// How columns cross to modules.
package enum ColumnTransport: Sendable {
  /// In shared memory to the modules that can have them so, otherwise inline.
  case mapped
  /// As JSON in the messages.
  case inline

  /// Below this many rows a batch goes inline, which is then quicker.
  static let fewestMappedRows = 1024

  /// What the environment asks for: `INCENTIVE_COLUMNS=inline`, or else shared memory.
  package static var wanted: ColumnTransport {
    getenv("INCENTIVE_COLUMNS").map { String(cString: $0) } == "inline" ? .inline : .mapped
  }

  /// The features that the host names to a module.
  var features: [String] { self == .mapped ? [mappedColumnsFeature] : [] }

  /// Whether columns cross in shared memory to this module.
  func isMapped(with identity: ModuleIdentity) -> Bool {
    self == .mapped && identity.features.contains(mappedColumnsFeature)
  }
}

extension Batch {
  /// Lines, periods and the rows of tables together.
  var rows: Int { tables.values.reduce(lines.count + periods.count) { $0 + $1.count } }
}
