package import Diagnostics
package import Engine
import JSONCore
package import ModuleHost
package import ModuleProtocol
import Money
import PlanChecking
package import PlanModel
import Synchronization

/// The modules that a plan uses, running, each component configured with its terms.
package final class ModulePool: ComponentRunner, @unchecked Sendable {
  private let lock = Mutex(0)
  package func batchRows(_ component: Component) -> Int { 8192 }
  private let directory: ModuleDirectory
  private let deadlines: ModuleProcess.Deadlines
  private var processes: [String: ModuleProcess] = [:]
  private var identities: [String: ModuleIdentity] = [:]

  package init(_ directory: ModuleDirectory, deadlines: ModuleProcess.Deadlines = .init()) {
    self.directory = directory
    self.deadlines = deadlines
  }

  /// Name and version of the modules that were started.
  package var versions: [(id: String, version: String)] {
    identities.values.map { ($0.id, $0.version) }.sorted { $0.id < $1.id }
  }

  /// Hands the terms of all components to their modules.
  ///
  /// Returns the contracts of those that were accepted, and what is wrong with the others. Without a plan,
  /// because other parts of it are at fault, the terms alone are looked at, and not the columns they need.
  package func configure(
    _ terms: PlanTerms, _ plan: Plan?
  ) -> (contracts: [String: ComponentContract], diagnostics: [Diagnostic]) {
    var contracts: [String: ComponentContract] = [:]
    var diagnostics: [Diagnostic] = []
    for component in terms.components {
      let faults = configure(component, terms, plan) { contracts[component.name.text] = $0 }
      diagnostics += faults
    }
    if let plan { diagnostics += unknownColumns(plan, contracts) }
    return (contracts, diagnostics)
  }

  private func configure(
    _ component: Component, _ terms: PlanTerms, _ plan: Plan?, _ accept: (ComponentContract) -> Void
  ) -> [Diagnostic] {
    do {
      let process = try process(component)
      let identity = try identify(component, process)
      let schemaFaults = TermsChecking.schemaFaults(component, schema: identity.configSchema)
      if !schemaFaults.isEmpty { return schemaFaults }
      switch try ask(
        component,
        { () throws(ModuleProcess.Failure) in
          try process.configure(component.name.text, Self.params(component, terms))
        })
      {
      case .refused(let faults): return TermsChecking.moduleFaults(component, faults)
      case .accepted(let needs, let gives):
        let faults = plan.map { TermsChecking($0).needFaults(component, needs) } ?? []
        if faults.isEmpty { accept(ComponentContract(needs: needs, gives: gives)) }
        return faults
      }
    } catch {
      return [error]
    }
  }

  private static func params(_ component: Component, _ terms: PlanTerms) -> JSONValue {
    var object = JSONObject([
      ("component", .string(component.name.text)), ("config", component.config),
      ("currency", .string(terms.currency.code)), ("places", .number(terms.currency.places)),
    ])
    if let measure = component.measure, let statesQuota = terms.statesQuota[measure] {
      object["measure"] = ["name": .string(measure), "quota": .bool(statesQuota)]
    }
    return .object(object)
  }

  /// Columns of `outputs` that the components do not give.
  private func unknownColumns(_ plan: Plan, _ contracts: [String: ComponentContract]) -> [Diagnostic] {
    (plan.outputs.lines ?? []).compactMap { column in
      guard column.path.count == 2, let contract = contracts[column.path[0]] else { return nil }
      let given = ["earned"] + contract.gives.lines.map(\.name)
      if given.contains(column.path[1]) { return nil }
      return Diagnostic(
        .unknownName, .error, "component `\(column.path[0])` gives no column `\(column.path[1])`",
        at: column.span,
        help: Suggestion.help(for: column.path[1], in: given))
    }
  }

  private func process(_ component: Component) throws(Diagnostic) -> ModuleProcess {
    let id = component.module.text
    if let process = processes[id] { return process }
    guard let manifest = directory.modules[id] else {
      let broken =
        directory.diagnostics.first.map { "; one that was found cannot be used: \($0.message)" } ?? ""
      throw Diagnostic(
        .moduleUnknown, .error, "there is no module `\(id)`\(broken)", at: component.module.span,
        help: Suggestion.help(for: id, in: Array(directory.modules.keys)))
    }
    let process = ModuleProcess(manifest, deadlines: deadlines)
    processes[id] = process
    return process
  }

  private func identify(_ component: Component, _ process: ModuleProcess) throws(Diagnostic) -> ModuleIdentity
  {
    if let identity = identities[component.module.text] { return identity }
    let identity = try ask(component) { () throws(ModuleProcess.Failure) in try process.identify() }
    identities[component.module.text] = identity
    return identity
  }

  package func calculate(_ component: Component, _ batch: Batch) throws(Diagnostic) -> Earnings {
    let outcome = lock.withLock { _ -> Result<Earnings, Diagnostic> in
      Result { () throws(Diagnostic) in
        let process = try process(component)
        return try ask(component) { () throws(ModuleProcess.Failure) in
          try process.calculate(component.name.text, batch)
        }
      }
    }
    return try outcome.get()
  }

  package func explain(_ component: Component, _ batch: Batch) throws(Diagnostic) -> Explanation {
    let process = try process(component)
    return try ask(component) { () throws(ModuleProcess.Failure) in
      try process.explain(component.name.text, batch)
    }
  }

  private func ask<Answer>(
    _ component: Component, _ body: () throws(ModuleProcess.Failure) -> Answer
  ) throws(Diagnostic) -> Answer {
    do {
      return try body()
    } catch {
      throw Diagnostic(
        .moduleFailed, .error,
        "component `\(component.name.text)` failed: module `\(component.module.text)` \(error.words)",
        at: component.module.span)
    }
  }
}
