package import Diagnostics
import Money
package import PlanModel
import Tables
package import YAMLSource

/// Reads a plan from its YAML text: names resolved, every fault a diagnostic.
package enum PlanReader {
  /// What was read, and all that is wrong with it.
  package struct Reading: Sendable {
    /// Nil when the faults leave no plan that could be run.
    package let plan: Plan?
    /// The terms of the components, as far as they could be read.
    package let terms: PlanTerms?
    package let diagnostics: [Diagnostic]
    /// For the reading of an edited text.
    package let memory: ReadingMemory?
  }

  /// Reads a document to its end, whatever is wrong with it.
  package static func read(_ document: YAMLDocument, file: String) -> Reading {
    read(document.root, faults: document.diagnostics, sources: [document.source])
  }

  /// Reads a plan that was put together from several documents, in which `faults` were found already.
  ///
  /// What an earlier reading made of components that stand as before is taken over.
  package static func read(
    _ root: YAMLNode?, faults: [Diagnostic], sources: [SourceText], after earlier: ReadingMemory? = nil
  ) -> Reading {
    let context = ReadingContext()
    context.diagnostics = faults
    var parts = root.flatMap { Self.parts($0, context, after: earlier) }
    if let root, let plan = parts?.plan { parts?.plan?.settle = settle(root, plan, context) }
    let diagnostics = context.diagnostics.map { FullWidth.explained($0, in: sources) }
      .sorted(by: Diagnostic.inOrder)
    return Reading(
      plan: diagnostics.hasErrors ? nil : parts?.plan, terms: parts?.terms, diagnostics: diagnostics,
      memory: parts?.memory)
  }

  /// Notes what the readers ask for while they read an example.
  package static func record(_ root: YAMLNode, in record: ReadingRecord) {
    let context = ReadingContext()
    context.record = record
    _ = parts(root, context, after: nil)
  }

  private static func parts(
    _ root: YAMLNode, _ context: ReadingContext, after earlier: ReadingMemory?
  ) -> (plan: Plan?, terms: PlanTerms, memory: ReadingMemory)? {
    guard var reader = MappingReader(root, "a plan", context) else { return nil }
    let name = reader.text("plan", why: "begin with `plan: NAME`")
    let currency = CurrencyReading.read(
      reader.text("currency", why: "the currency of credits and pay, like USD"), context)
    let calendarNode = reader.required("calendar")
    let constantsNode = reader.optional("constants")
    let definitionsNode = reader.optional("define")
    let dataNode = reader.required("data")
    let peopleNode = reader.required("people")
    let measuresNode = reader.optional("measures")
    let componentsNode = reader.required("components")
    // A plan of components that read tables alone, like grants that vest, credits nothing to anybody.
    let namesRules =
      measuresNode != nil || componentsNode?.pairs?.contains { $0.value["credits"] != nil } ?? true
    let creditsNode = reader.optional("credits")
    if creditsNode == nil, namesRules {
      reader.reportAbsent(
        "credits", .missingKey, "a plan has no `credits`",
        at: root.pairs?.first { $0.key == "credits" }?.keySpan ?? root.span.firstLine)
    }
    let assignedNode = reader.optional("assigned")
    let outputsNode = reader.optional("outputs")
    let teamsNode = reader.optional("teams")
    // What these two name was laid together with the rest before.
    for key in ["settle", "extends", "include"] { _ = reader.optional(key) }
    reader.finish()
    // A plan with a wrong currency is still read to its end, so that all its faults are shown at once.
    guard let money = currency ?? Currency(code: "USD") else { return nil }
    let calendar = calendarNode.flatMap { CalendarReading(context: context).read($0) }
    let named = NamedReading(context: context)
    named.read(constants: constantsNode, definitions: definitionsNode)
    let tables = dataNode.map { DataReading(context: context, currency: money).read($0) } ?? []
    var computed = ComputedReading(context: context, currency: money)
    computed.read(dataNode)
    let people = peopleNode.flatMap { PeopleReading(context: context).read($0) }
    named.check(definitionsNode)
    context.assignment = assignedNode.flatMap { AssignmentReading(context: context).read($0) }
    let componentNames = componentsNode?.pairs?.map(\.key) ?? []
    context.rules = creditsNode?.pairs?.map(\.key) ?? []
    context.stages = StageReading.names(creditsNode)
    let credits =
      creditsNode.map {
        CreditReading(context: context, currency: money, people: people).read($0, components: componentNames)
      } ?? []
    let ruleTables = tablesOfRules(credits, componentsNode, context)
    let ruleSplits = splitsOfRules(credits)
    if let measuresNode, measuresNode.pairs == nil {
      context.report(.wrongType, "`measures` must be a mapping of names", at: measuresNode.span)
    }
    let measures =
      measuresNode.map {
        MeasureReading(
          context: context, ruleTables: ruleTables, ruleSplits: ruleSplits, calendar: calendar,
          currency: money, written: $0.pairs ?? []
        )
        .read()
      } ?? []
    let measureNames = measuresNode?.pairs?.map(\.key) ?? []
    var memory = ReadingMemory(
      ReadingMemory.Surroundings(
        others: root.pairs?.filter { $0.key != "components" } ?? [], tables: ruleTables.mapValues(\.name)))
    let components =
      componentsNode.map {
        ComponentReading(context: context, currency: currency, ruleTables: ruleTables, measures: measureNames)
          .read($0, &memory, after: earlier)
      } ?? []
    reportCycles(credits, components, context)
    let teams = teamsNode.flatMap {
      TeamsReading(context: context, modules: components.map(\.module.text)).read($0)
    }
    FigureNames(measures: measuresNode, components: componentsNode).check(context)
    let outputs = OutputReading(
      context: context, measures: measureNames, components: componentNames,
      steps: root["settle"]?["steps"]?.pairs?.map(\.key),
      tables: creditsNode?.pairs?.map { ($0.key, ruleTables[context.withStages([$0.key])[0]]) } ?? []
    ).read(outputsNode)
    let terms = PlanTerms(
      currency: money, components: components, measures: terms(of: measuresNode, components, context),
      tables: currency == nil ? [] : tables.filter { !context.hasFaultyColumns($0.schema.name) },
      statements: outputs.statements ?? [], lines: outputs.lines ?? [])
    guard let name, currency != nil, let calendar, let people else { return (nil, terms, memory) }
    let plan = Plan(
      name: name, currency: money, calendar: calendar, tables: tables, computed: context.computed,
      people: people, assignment: context.assignment, credits: credits, measures: measures,
      components: components, outputs: outputs,
      teams: teams ?? Teams())
    return (plan, terms, memory)
  }

  /// What stands under `settle`, read when all that it names is known.
  private static func settle(_ root: YAMLNode, _ plan: Plan, _ context: ReadingContext) -> Settle? {
    guard let node = root["settle"], node.scalar?.value != .null else { return nil }
    return SettleReading(
      context: context, currency: plan.currency, components: root["components"]?.pairs?.map(\.key) ?? [],
      measures: root["measures"]?.pairs?.map(\.key) ?? [], calendar: plan.calendar
    ).read(node)
  }

  /// What can be said of the measures even when parts of them are at fault.
  ///
  /// One that is named and not there, and a quota whose key is misspelt, count as there, and what does not say what it
  /// sums as the component's own amounts: no module shall ask for what was meant.
  private static func terms(
    of measures: YAMLNode?, _ components: [Component], _ context: ReadingContext
  ) -> [String: PlanTerms.MeasureTerms] {
    var terms: [String: PlanTerms.MeasureTerms] = [:]
    for component in components {
      guard let name = component.measure else { continue }
      terms[name] = PlanTerms.MeasureTerms(
        hasQuota: true, sumsAmounts: true, credits: nil, condition: nil)
    }
    for pair in measures?.pairs ?? [] {
      let keys = pair.value.pairs?.map(\.key) ?? []
      let credits = pair.value["credits"]
      terms[pair.key] = PlanTerms.MeasureTerms(
        hasQuota: keys.contains { $0 == "quota" || Suggestion.nearest(to: $0, in: ["quota"]) != nil },
        sumsAmounts: FigureReading.sumsAmounts(pair.value),
        credits: (credits?.items?.compactMap(\.scalar?.text) ?? (credits?.scalar?.text).map { [$0] })
          .map(context.withStages),
        condition: pair.value["where"]?.scalar?.text)
    }
    return terms
  }

  /// The table whose rows the lines of each credit rule come from, through any number of roll-ups.
  private static func tablesOfRules(
    _ rules: [CreditRule], _ components: YAMLNode?, _ context: ReadingContext
  ) -> [String: TableSchema] {
    var tables: [String: TableSchema] = [:]
    func table(_ name: String, _ seen: Set<String>) -> TableSchema? {
      guard !seen.contains(name), let rule = rules.first(where: { $0.name.text == name }) else { return nil }
      switch rule.source {
      case .rows(let credit): return context.tables[credit.table]
      case .rollUp(let rollUp):
        switch rollUp.origin {
        case .credits(let origin): return table(origin, seen.union([name]))
        case .earnings(let component):
          let credits = components?[component]?["credits"]
          // What is earned without lines comes from no row of any table.
          if credits == nil, components?[component] != nil {
            return TableSchema(name: component, columns: [])
          }
          let stated = credits?.scalar?.text ?? credits?.items?.first?.scalar?.text
          let first = stated.map { context.withStages([$0])[0] }
          return first.flatMap { table($0, seen.union([name])) }
        }
      }
    }
    for rule in rules {
      if let found = table(rule.name.text, []) { tables[rule.name.text] = found }
    }
    return tables
  }

  /// The split of each credit rule, through any number of roll-ups of credit.
  private static func splitsOfRules(_ rules: [CreditRule]) -> [String: Split] {
    var splits: [String: Split] = [:]
    for rule in rules { splits[rule.name.text] = rules.rowCredit(of: rule.name.text)?.split }
    return splits
  }

  /// Rules and components that wait for each other in a circle.
  private static func reportCycles(
    _ rules: [CreditRule], _ components: [Component], _ context: ReadingContext
  ) {
    var done: Set<String> = []
    var changed = true
    while changed {
      changed = false
      for rule in rules where !done.contains("rule " + rule.name.text) {
        let origin: String? =
          switch rule.source {
          case .rows: nil
          case .rollUp(let rollUp):
            switch rollUp.origin {
            case .credits(let name): "rule " + name
            case .earnings(let name): "component " + name
            }
          }
        if origin.map({ done.contains($0) }) ?? true {
          done.insert("rule " + rule.name.text)
          changed = true
        }
      }
      for component in components where !done.contains("component " + component.name.text) {
        if component.credits.allSatisfy({ done.contains("rule " + $0) }) {
          done.insert("component " + component.name.text)
          changed = true
        }
      }
    }
    guard !context.diagnostics.hasErrors else { return }
    for rule in rules where !done.contains("rule " + rule.name.text) {
      context.report(
        .componentCycle, "credit rule `\(rule.name.text)` waits for itself, by way of what it passes on",
        at: rule.name.span)
    }
  }
}
