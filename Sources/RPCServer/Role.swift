/// Who a session answers: what it shows, and what it may do.
///
/// Given when the host starts, never by a request.
package enum Role: Sendable, Hashable {
  /// Sees and does everything.
  case admin
  /// Sees everything, runs plans and writes their files.
  case finance
  /// Sees everything and changes nothing.
  case auditor
  /// Sees its own figures, and those of the people below it on the last day of each period.
  case manager(String)
  /// Sees its own figures.
  case payee(String)

  /// The role that a text names: `admin`, `finance`, `auditor`, `manager:ID`, `payee:ID`; nil for another text.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count > 1 ? parts[1] : nil) {
    case ("admin", nil): self = .admin
    case ("finance", nil): self = .finance
    case ("auditor", nil): self = .auditor
    case ("manager", let id?) where !id.isEmpty: self = .manager(id)
    case ("payee", let id?) where !id.isEmpty: self = .payee(id)
    default: return nil
    }
  }

  /// The text that names it.
  package var text: String {
    switch self {
    case .admin: "admin"
    case .finance: "finance"
    case .auditor: "auditor"
    case .manager(let id): "manager:\(id)"
    case .payee(let id): "payee:\(id)"
    }
  }

  /// The person whose figures it sees; nil for those who see everybody's.
  package var person: String? {
    switch self {
    case .manager(let id), .payee(let id): id
    case .admin, .finance, .auditor: nil
    }
  }

  /// Whether it sees all people's figures, the data, and what is wrong with them.
  package var seesAll: Bool { person == nil }

  /// What a method asks of a role.
  package enum Right: String, Sendable {
    /// Nothing: the method shows only what the role sees.
    case any
    /// To see everything.
    case seesAll
    /// To put other texts in the place of plans, and to write files.
    case writes
    /// To switch modules for teams.
    case switches
  }

  /// Whether it has a right.
  package func has(_ right: Right) -> Bool {
    switch right {
    case .any: true
    case .seesAll: seesAll
    case .writes: self == .admin || self == .finance
    case .switches: self == .admin
    }
  }
}
