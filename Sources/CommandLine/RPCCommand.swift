import ArgumentParser
import ModuleHost
import RPCServer
import SystemIO

/// `incentive rpc`: the host as a JSON-RPC server on standard input and output.
struct RPCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpc", abstract: "Serves JSON-RPC 2.0 on standard input and output.",
    discussion: "One message a line, or Content-Length headers: the first byte decides. See Docs/Protocol.md."
  )

  @OptionGroup var session: SessionOptions

  func run() throws {
    let error = HostServer(session.start).run()
    if error != 0 { throw Terminal.unwritable(error) }
  }
}

/// What a session of a program or an assistant is started with.
struct SessionOptions: ParsableArguments {
  @Option(name: .customLong("as"), help: "Whom it answers: admin, finance, auditor, manager:ID or payee:ID.")
  var role = "admin"
  @Option(help: "A plan that it may open; managers and payees may open no others.") var plan: [String] = []
  @Option(help: "The folder with the data files, where a request names none.") var data: String?
  @Option(help: "How many seconds a module may take for one answer.") var moduleTimeout = 60

  func validate() throws {
    if moduleTimeout < 1 { throw ValidationError("--module-timeout must be at least 1") }
    guard let role = Role(role) else {
      throw ValidationError(
        "--as `\(role)` is no role; write admin, finance, auditor, manager:ID or payee:ID")
    }
    if !role.seesAll, plan.isEmpty {
      throw ValidationError("a \(role.text.prefix { $0 != ":" }) looks at given plans: name them with --plan")
    }
  }

  /// What the desk begins with.
  var start: HostDesk.Start {
    var start = HostDesk.Start(version: HostVersion.text)
    start.role = Role(role) ?? .admin
    (start.plans, start.data) = (plan, data)
    start.deadlines = .init(start: 10, call: Double(moduleTimeout))
    return start
  }
}
