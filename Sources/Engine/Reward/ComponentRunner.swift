package import Diagnostics
package import ModuleProtocol
package import PlanModel

/// Computes components: a module process, or a double in a test.
///
/// Called from several threads at once.
package protocol ComponentRunner: Sendable {
  /// How many rows a batch of the component should have.
  func batchRows(_ component: Component) -> Int

  /// What each line of the batch earned, and what each period adds; a fault means that the component failed.
  func calculate(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Earnings

  /// The steps that make each figure of the batch.
  func explain(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Explanation
}

/// Why a batch of a component was not computed.
package struct ComponentFault: Error, Sendable {
  /// What the run tells.
  package let diagnostic: Diagnostic
  /// What is wrong with rows of the batch, when the module named any: then they are told instead.
  package let rows: RowsFault?

  package init(_ diagnostic: Diagnostic, rows: RowsFault? = nil) {
    self.diagnostic = diagnostic
    self.rows = rows
  }
}
