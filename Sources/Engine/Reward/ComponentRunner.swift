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
  func calculate(_ component: Component, _ batch: Batch) throws(Diagnostic) -> Earnings

  /// The steps that make each figure of the batch.
  func explain(_ component: Component, _ batch: Batch) throws(Diagnostic) -> Explanation
}
