import Diagnostics
import ModuleProtocol
import PlanModel

extension Batching {
  /// Asks a module about a batch; what it says of rows is told at their files and lines.
  func located<Answer>(
    _ extent: Extent, _ ask: () throws(ComponentFault) -> Answer
  ) throws(Diagnostic) -> Answer {
    do {
      return try ask()
    } catch {
      throw diagnostic(error, extent)
    }
  }

  private func diagnostic(_ fault: ComponentFault, _ extent: Extent) -> Diagnostic {
    guard let rows = fault.rows else { return fault.diagnostic }
    let locations = rows.places.compactMap { location($0, in: extent) }
    guard let first = locations.first else { return fault.diagnostic }
    return Diagnostic(
      .rowRefused, .error, "component `\(component.name.text)` was not computed: \(rows.message)", at: first,
      help: rows.help, related: locations.dropFirst().map { ($0, "this row belongs to it") })
  }
}
