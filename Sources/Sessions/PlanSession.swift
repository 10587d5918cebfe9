package import Diagnostics
package import Engine
package import ModuleHost
package import PlanCalendar
package import PlanModel
package import Reports
import Tables

/// A plan that is open, with its modules, and what can be asked of it.
package final class PlanSession {
  package let planFile: PlanFile
  package let pool: ModulePool
  /// Everything that is wrong with the plan, its modules' terms included.
  package let diagnostics: [Diagnostic]
  private let contracts: [String: ComponentContract]
  private let store: TableStore
  /// What the stages of the last run made.
  private var memory: RunMemory

  /// Opens a plan: starts its modules and hands them its terms.
  package convenience init(
    _ planFile: PlanFile, modules: ModuleDirectory, deadlines: ModuleProcess.Deadlines = .init()
  ) {
    self.init(planFile, ModulePool(modules, deadlines: deadlines), TableStore(), RunMemory())
  }

  /// Opens an edited plan in place of another: its modules run on, and what a run of the other read and computed is
  /// taken over as far as the edit leaves it as it was.
  package convenience init(_ planFile: PlanFile, after other: PlanSession) {
    self.init(planFile, other.pool, other.store, other.memory)
  }

  private init(_ planFile: PlanFile, _ pool: ModulePool, _ store: TableStore, _ memory: RunMemory) {
    (self.planFile, self.pool, self.store, self.memory) = (planFile, pool, store, memory)
    guard let terms = planFile.terms else {
      (diagnostics, contracts) = (planFile.diagnostics, [:])
      return
    }
    let (contracts, faults) = pool.configure(terms, planFile.plan)
    self.contracts = contracts
    diagnostics = (planFile.diagnostics + faults.map { FullWidth.explained($0, in: planFile.sources) })
      .sorted(by: Diagnostic.inOrder)
  }

  /// Everything that can be told before a run: of the plan, its modules' terms, and the rows that stand in the plan;
  /// with a folder also of the files below it.
  package func checked(dataFolder: String? = nil) -> [Diagnostic] {
    diagnostics + dataDiagnostics(folder: dataFolder)
  }

  /// What is wrong with the rows that stand in the plan; with a folder also with the files below it.
  package func dataDiagnostics(folder dataFolder: String?) -> [Diagnostic] {
    let tables = planFile.terms?.tables ?? []
    let fault = dataFolder.flatMap { LoadedData.fault(ofFolder: $0) }
    let data = LoadedData(tables, folder: fault == nil ? dataFolder : nil, store: store) { _ in }
    let accepting = Set(tables.filter(\.schema.acceptsRejects).map(\.schema.name))
    let rows = data.rejected.map { $0.diagnostic(accepting.contains($0.table) ? .warning : .error) }
    return (data.diagnostics + rows + (fault.map { [$0] } ?? [])).sorted(by: Diagnostic.inOrder)
  }

  /// What a run is asked for.
  package struct RunOptions: Sendable {
    /// Where the data files are; nil for the plan's own folder.
    package var dataFolder: String?
    package var asOf: CalendarDate?
    /// Rows that stand for those of the plan's tables, by name.
    package var rows: [String: TableSource.Origin] = [:]
    /// Rows that a program hands over in place of those of tables: CSV text by the table's name.
    package var given: [String: String] = [:]
    /// Rows that a program adds to those of tables: CSV text by the table's name.
    package var added: [String: String] = [:]
    /// What `file` says of rows that a program handed over.
    package static let givenFile = "request"
    /// What `file` says of rows that a program added.
    package static let addedFile = "added"
    /// Whether single lines are kept of which the plan's outputs show only sums; explanations need them.
    package var keepsLines: Bool

    package init(dataFolder: String? = nil, asOf: CalendarDate? = nil, keepsLines: Bool = true) {
      self.dataFolder = dataFolder
      self.asOf = asOf
      self.keepsLines = keepsLines
    }

    fileprivate func source(of table: TableSource) -> TableSource {
      let name = table.schema.name
      var table = table.with(rows[name])
      if let csv = given[name] { table = table.holding(csv, as: Self.givenFile) }
      if let csv = added[name] { table = table.adding(csv, as: Self.addedFile) }
      return table
    }
  }

  /// What a run is doing.
  package enum Progress: Sendable {
    case reading(String)
    case computing(RunProgress)
  }

  /// Reads the data and runs the plan; a fault that leaves no figures at all is thrown.
  ///
  /// A `sink` is handed the lines as they are made, where that can be, and then the outcome has none. A module that cannot be had, or that refuses its terms, makes its components failed, not the run.
  package func run(
    _ options: RunOptions, lines sink: LineSink? = nil, isCancelled: @escaping () -> Bool = { false },
    progress: @escaping (Progress) -> Void = { _ in }
  ) throws(RunFaults) -> RunOutcome {
    guard let plan = planFile.plan else { throw RunFaults(diagnostics) }
    if let fault = options.dataFolder.flatMap({ LoadedData.fault(ofFolder: $0) }) { throw RunFaults([fault]) }
    let data = LoadedData(
      plan.tables.map { options.source(of: $0) },
      folder: options.dataFolder ?? planFile.folder, store: store
    ) { progress(.reading($0)) }
    if data.diagnostics.hasErrors { throw RunFaults(data.diagnostics) }
    do {
      let result = try Run(
        plan: plan, tables: VersionedTables(data.tables, versions: data.versions), contracts: contracts,
        runner: pool, asOf: options.asOf, keepsLines: options.keepsLines, after: memory, lines: sink,
        isCancelled: isCancelled, progress: { progress(.computing($0)) }
      ).result()
      memory = result.memory
      return RunOutcome(
        planFile: planFile, planDiagnostics: diagnostics, data: data, result: result, modules: pool.versions)
    } catch {
      throw RunFaults([error])
    }
  }

  /// The derivations of a payee's pay: for each period one of money, and one of each other unit.
  package func derivations(_ outcome: RunOutcome, payee: Int, periods: [Int]) throws(Diagnostic)
    -> [[Derivation]]
  {
    let builder = try builder(outcome, payee)
    return try periods.map { period throws(Diagnostic) in try builder.period(period) }
  }

  /// The derivations of what a transaction earned a payee: of money, and of each other unit.
  package func derivations(_ outcome: RunOutcome, payee: Int, transaction: String) throws(Diagnostic)
    -> [Derivation]
  {
    try builder(outcome, payee).transaction(transaction)
  }

  /// What the terms of a component pay, and to how many, by the place in its config; nil when it failed.
  package func tally(
    _ outcome: RunOutcome, component: String, periods: Range<Int>, isCancelled: () -> Bool
  ) throws(Diagnostic) -> StepTally? {
    try Explaining(outcome.result, contracts: contracts, runner: pool)
      .tally(component, periods: periods, isCancelled: isCancelled)
  }

  private func builder(_ outcome: RunOutcome, _ payee: Int) throws(Diagnostic) -> DerivationBuilder {
    let parts = try Explaining(outcome.result, contracts: contracts, runner: pool).parts(payee: payee)
    return DerivationBuilder(outcome.result, parts: parts, payee: payee)
  }
}

extension PlanFile {
  /// The folder that the plan stands in.
  package var folder: String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }
}
