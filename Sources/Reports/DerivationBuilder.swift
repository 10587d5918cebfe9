package import Diagnostics
package import Engine
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import Tables

/// Builds the derivation of a payee's pay from the steps that the modules gave.
package struct DerivationBuilder {
  private let result: RunResult
  private let parts: [Explaining.Part]
  private let payee: Int

  package init(_ result: RunResult, parts: [Explaining.Part], payee: Int) {
    self.result = result
    self.parts = parts
    self.payee = payee
  }

  /// The derivations of a period: of the money, and of each other unit that components pay in.
  package func period(_ period: Int) throws(Diagnostic) -> [Derivation] {
    let label = result.data.plan.calendar.periods[period].label
    let place = result.data.people.place(payee)
    let trees = try trees(
      "\(result.data.people.names[payee]) in \(label)",
      at: .row(file: place.file, line: place.line, column: nil)
    ) { part, figures throws(Diagnostic) in try self.component(part, figures, in: period) }
    return try settled(trees, in: period)
  }

  /// The tree of the money with the steps that make what is paid of what was earned.
  private func settled(_ trees: [Derivation], in period: Int) throws(Diagnostic) -> [Derivation] {
    guard let settle = result.data.plan.settle, let settlement = result.settlement, let money = trees.first,
      money.unit == nil
    else { return trees }
    let place = payee * result.data.plan.calendar.periods.count + period
    let entries = settlement.entries[place].map { entry in
      Derivation(
        entry.text, settlement.decimal(entry.amount), at: .source(settle.steps[entry.step].name.span))
    }
    let states = [
      ("earned", settlement.earned[place]), ("payable", settlement.payable[place]),
      ("paid", settlement.paid[place]),
    ].map { Derivation.Note(text: "\($0) \(settlement.decimal($1).grouped)", location: nil) }
    let converted = settlement.inPayCurrency.isEmpty ? nil : settlement.inPayCurrency[place]
    let inCurrency = converted.flatMap { paid in
      paid.rate.map {
        Derivation.Note(text: "paid in \(paid.code) \(paid.amount.grouped), at \($0)", location: nil)
      }
    }
    let children = money.children + entries
    return [
      Derivation(
        money.title, try sum(children), at: money.location, notes: states + (inCurrency.map { [$0] } ?? []),
        children: children)
    ] + trees.dropFirst()
  }

  /// What a component paid in a period.
  private func component(
    _ part: Explaining.Part, _ figures: ComponentResult.Figures, in period: Int
  ) throws(Diagnostic) -> [Derivation] {
    let place = payee * result.data.plan.calendar.periods.count + period
    let source = Location.source(part.component.name.span)
    var items: [Derivation] = []
    for (offset, line) in part.lines.enumerated() where Int(figures.lines.period[line]) == period {
      items.append(try self.line(part, figures, line, part.lineSteps[offset]))
    }
    let adjustment = ExactDecimal(coefficient: Int128(figures.adjustment[place]), scale: figures.places)
    let steps = (part.periodSteps[period] ?? []).map { step($0, part.component) }
    if !steps.isEmpty || !adjustment.isZero {
      items.append(
        try checked(
          Derivation("for the period as a whole", adjustment, at: source, children: steps), part.component))
    }
    let amount = ExactDecimal(coefficient: Int128(figures.total[place]), scale: figures.places)
    let notes =
      SwitchNotes(result.data).notes(part.component, payee, period) + notes(part.component, place)
      + notes(figures, place, source)
    return [
      try checked(
        Derivation(part.component.name.text, amount, at: source, notes: notes, children: items),
        part.component)
    ]
  }

  /// The derivations of what one transaction earned the payee, over all components: of the money, and of each other unit.
  package func transaction(_ id: String) throws(Diagnostic) -> [Derivation] {
    let trees = try trees("\(result.data.people.names[payee]) for \(id)") {
      part, figures throws(Diagnostic) in
      var children: [Derivation] = []
      for (offset, line) in part.lines.enumerated() where transactionID(figures.lines, line) == id {
        let inner = try self.line(part, figures, line, part.lineSteps[offset])
        children.append(
          Derivation(
            part.component.name.text, inner.amount, at: .source(part.component.name.span), children: [inner]))
      }
      return children
    }
    let found = trees.filter { !$0.children.isEmpty }
    if !found.isEmpty { return found }
    let known = parts.flatMap { part in
      let lines = result.component(part.component.name.text)?.figures?.lines
      return part.lines.compactMap { line in lines.flatMap { transactionID($0, line) } }
    }
    throw Diagnostic(
      .transactionUnknown, .error,
      "`\(result.data.people.ids[payee])` is paid on no transaction `\(id)`", at: nil as Location?,
      help: Suggestion.nearest(to: id, in: known).map { "did you mean `\($0)`?" })
  }

  /// A tree of each unit that components pay in, money first, with what `children` finds of each component.
  private func trees(
    _ title: String, at location: Location? = nil,
    _ children: (Explaining.Part, ComponentResult.Figures) throws(Diagnostic) -> [Derivation]
  ) throws(Diagnostic) -> [Derivation] {
    var units: [(unit: String?, children: [Derivation])] = []
    for part in parts {
      guard let component = result.component(part.component.name.text), let figures = component.figures else {
        continue
      }
      let place = units.firstIndex { $0.unit == component.unit } ?? units.endIndex
      if place == units.endIndex { units.append((component.unit, [])) }
      units[place].children += try children(part, figures)
    }
    if units.isEmpty { units = [(nil, [])] }
    let ordered = units.filter { $0.unit == nil } + units.filter { $0.unit != nil }
    return try ordered.map { unit, children throws(Diagnostic) in
      Derivation(
        title + (unit.map { ", in \($0)" } ?? ""), try sum(children), in: unit, at: location,
        children: children)
    }
  }

  private func sum(_ parts: [Derivation]) throws(Diagnostic) -> ExactDecimal {
    do {
      var sum = ExactDecimal.zero
      for part in parts { sum = try sum.adding(part.amount) }
      return sum
    } catch {
      throw Diagnostic(.arithmeticOverflow, .error, "the total is too large to add up", at: nil as Location?)
    }
  }

  private func line(
    _ part: Explaining.Part, _ figures: ComponentResult.Figures, _ line: Int, _ steps: [Step]
  ) throws(Diagnostic) -> Derivation {
    let lines = figures.lines
    let date = CalendarDate(day: lines.day[line])
    let amount = ExactDecimal(coefficient: Int128(figures.earned[line]), scale: figures.places)
    let credited = ExactDecimal(coefficient: Int128(lines.amount[line]), scale: lines.places).grouped
    let title = "\(transactionID(lines, line) ?? "adjustment") of \(date), credited \(credited)"
    return try checked(
      Derivation(
        title, amount, at: rowLocation(lines, line),
        notes: CreditNotes(
          result: result, lines: lines, line: line, rule: part.component.credits[figures.from.rule(line)]
        )
        .notes,
        children: steps.map { step($0, part.component) }), part.component)
  }

  private func step(_ step: Step, _ component: Component) -> Derivation {
    Derivation(step.text, step.amount, at: step.pointer.map { .source(component.span(of: $0)) })
  }

  /// Refuses a derivation whose parts do not add up: a module that says so has not told the truth.
  private func checked(_ derivation: Derivation, _ component: Component) throws(Diagnostic) -> Derivation {
    if derivation.children.isEmpty, derivation.amount.isZero { return derivation }
    if try sum(derivation.children) == derivation.amount { return derivation }
    throw Diagnostic(
      .moduleProtocol, .error,
      "module `\(component.module.text)` explains \(derivation.title) by steps that do not add up to \(derivation.amount)",
      at: component.module.span)
  }

  private func transactionID(_ lines: CreditedLines, _ line: Int) -> String? {
    lines.row[line] < 0
      ? nil : result.data.tables[lines.table]?[lines.idColumn]?.display(Int(lines.row[line]))
  }

  private func rowLocation(_ lines: CreditedLines, _ line: Int) -> Location? {
    guard lines.row[line] >= 0, let table = result.data.tables[lines.table] else { return nil }
    return .row(
      file: table.file(of: Int(lines.row[line])), line: Int(table.lines[Int(lines.row[line])]), column: nil)
  }

  /// The measure behind a component: its figure, its quota, how much of it was reached.
  private func notes(_ component: Component, _ place: Int) -> [Derivation.Note] {
    guard let name = component.measure, let measured = result.data.measures[name] else { return [] }
    let value = ExactDecimal(coefficient: Int128(measured.value[place]), scale: measured.places)
    var text = "\(name) \(value.grouped)"
    if measured.measure.quota != nil {
      if let (value, quota) = measured.attainment(place),
        let ratio = try? value.divided(by: quota, places: 4, .halfEven)
      {
        let percent = ExactDecimal(coefficient: ratio.coefficient, scale: 2)
        text += " of quota \(quota.grouped): \(percent)%"
      } else {
        text += ", no quota"
      }
    }
    return [Derivation.Note(text: text, location: .source(measured.measure.name.span))]
  }

  /// What the module says of the period beside its pay.
  private func notes(
    _ figures: ComponentResult.Figures, _ place: Int, _ source: Location
  ) -> [Derivation.Note] {
    figures.givenPeriods.compactMap { given in
      if given.missing[place] { return nil }
      let value = ExactDecimal(coefficient: Int128(given.cells[place]), scale: given.places).grouped
      let text = "\(given.name) \(value)" + (given.unit.map { $0.isEmpty ? "" : " \($0)" } ?? "")
      return Derivation.Note(text: text + (given.summary.map { ": \($0)" } ?? ""), location: source)
    }
  }
}
