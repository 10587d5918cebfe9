package import Diagnostics
package import Engine
package import JSONCore
package import ModuleHost
package import ModuleProtocol
import Money
import PlanChecking
package import PlanModel
import Synchronization

/// The modules that a plan uses, running, each component configured with its terms.
///
/// Batches may be handed to it from several threads at once.
package final class ModulePool: ComponentRunner {
  private let directory: ModuleDirectory
  private let deadlines: ModuleProcess.Deadlines
  private let crews = Mutex<[String: ModuleCrew]>([:])
  /// What modules last answered to the terms of each component: the same terms are not handed over again.
  private let answers = Mutex<[String: Answered]>([:])

  private struct Answered {
    let params: JSONValue
    let forms: [String: NumberForm]
    let answer: ConfigureAnswer
    let breaksSchema: Bool
  }

  package init(_ directory: ModuleDirectory, deadlines: ModuleProcess.Deadlines = .init()) {
    self.directory = directory
    self.deadlines = deadlines
  }

  /// Name and version of the modules that were started.
  package var versions: [(id: String, version: String)] {
    crews.withLock { $0.values.compactMap(\.identity) }.map { ($0.id, $0.version) }.sorted { $0.id < $1.id }
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
    let gives = contracts.mapValues(\.gives)
    diagnostics += TermsChecking.outputFaults(terms, gives: gives)
    if let plan {
      diagnostics += LinkChecking(plan, needs: contracts.mapValues(\.needs), gives: gives).faults
    }
    return (contracts, diagnostics)
  }

  private func configure(
    _ component: Component, _ terms: PlanTerms, _ plan: Plan?, _ accept: (ComponentContract) -> Void
  ) -> [Diagnostic] {
    do {
      let identity = try told(component) { crew throws(ModuleCrew.Failure) in try crew.identify() }
      let params = Self.params(component, terms)
      // Two modules may be asked of one component, when an edit names another one.
      let key = component.module.text + " " + component.name.text
      let known = answers.withLock { $0[key] }.flatMap { known in
        known.params == params && known.forms == component.configForms ? known : nil
      }
      // Terms that break the schema are handed on too: the module knows more that is wrong with them.
      let schemaFaults =
        known?.breaksSchema == false
        ? [] : TermsChecking.schemaFaults(component, schema: identity.configSchema)
      let answer: ConfigureAnswer
      do throws(Diagnostic) {
        if let known {
          answer = known.answer
        } else {
          answer = try told(component) { crew throws(ModuleCrew.Failure) in
            try crew.configure(component.name.text, params)
          }
        }
        let answered = Answered(
          params: params, forms: component.configForms, answer: answer, breaksSchema: !schemaFaults.isEmpty)
        answers.withLock { $0[key] = answered }
      } catch {
        return schemaFaults.isEmpty ? [error] : schemaFaults
      }
      switch answer {
      case .refused(let faults):
        return TermsChecking.faults(component, schema: identity.configSchema, reported: faults)
      case .accepted(let needs, let gives):
        let faults =
          schemaFaults + TermsChecking.creditFaults(component, needs)
          + (plan.map { TermsChecking($0).needFaults(component, needs) } ?? [])
        if faults.isEmpty { accept(ComponentContract(needs: needs, gives: gives)) }
        return faults
      }
    } catch {
      return [error]
    }
  }

  /// The JSON Schema of a module's terms; nil when there is no such module, or it does not answer.
  package func configSchema(of module: String) -> JSONValue? {
    guard let manifest = directory.modules[module] else { return nil }
    let crew = crews.withLock { crews in
      let crew = crews[module] ?? ModuleCrew(manifest, deadlines: deadlines)
      crews[module] = crew
      return crew
    }
    return try? crew.identify().configSchema
  }

  /// The modules that were found, by id.
  package var modules: [String: ModuleManifest] { directory.modules }

  private static func params(_ component: Component, _ terms: PlanTerms) -> JSONValue {
    var object = JSONObject([
      ("component", .string(component.name.text)), ("config", component.config),
      ("currency", .string(terms.currency.code)), ("places", .number(terms.currency.places)),
    ])
    if let name = component.measure, let measure = terms.measures[name] {
      object["measure"] = [
        "name": .string(name), "quota": .bool(measure.hasQuota),
        "sumsLines": .bool(measure.sumsLines(of: component)),
        "holdsMore": .bool(measure.holdsMore(than: component)),
      ]
    }
    return .object(object)
  }

  private func crew(_ component: Component) throws(Diagnostic) -> ModuleCrew {
    let id = component.module.text
    if let crew = crews.withLock({ $0[id] }) { return crew }
    guard let manifest = directory.modules[id] else {
      let broken =
        directory.diagnostics.first.map { "; one that was found cannot be used: \($0.message)" } ?? ""
      throw Diagnostic(
        .moduleUnknown, .error, "there is no module `\(id)`\(broken)", at: component.module.span,
        help: Suggestion.help(for: id, in: Array(directory.modules.keys))
          ?? "no module was found in \(directory.folders.map { "`\($0)`" }.joined(separator: ", "))")
    }
    return crews.withLock { crews in
      let crew = crews[id] ?? ModuleCrew(manifest, deadlines: deadlines)
      crews[id] = crew
      return crew
    }
  }

  package func batchRows(_ component: Component) -> Int {
    crews.withLock { $0[component.module.text]?.batchRows } ?? 8192
  }

  package func calculate(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Earnings {
    try ask(component) { crew throws(ModuleCrew.Failure) in
      try crew.calculate(component.name.text, batch)
    }
  }

  package func explain(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Explanation {
    try ask(component) { crew throws(ModuleCrew.Failure) in
      try crew.explain(component.name.text, batch)
    }
  }

  /// Asks what has nothing to do with rows.
  private func told<Answer>(
    _ component: Component, _ body: (ModuleCrew) throws(ModuleCrew.Failure) -> Answer
  ) throws(Diagnostic) -> Answer {
    do { return try ask(component, body) } catch { throw error.diagnostic }
  }

  private func ask<Answer>(
    _ component: Component, _ body: (ModuleCrew) throws(ModuleCrew.Failure) -> Answer
  ) throws(ComponentFault) -> Answer {
    let crew: ModuleCrew
    do { crew = try self.crew(component) } catch { throw ComponentFault(error) }
    do {
      return try body(crew)
    } catch {
      throw ComponentFault(
        Diagnostic(
          .moduleFailed, .error,
          "component `\(component.name.text)` failed: module `\(component.module.text)` \(error.words)",
          at: component.module.span), rows: error.rows)
    }
  }
}
