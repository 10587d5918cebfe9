import Diagnostics
import JSONCore
import PlanReading
import Sessions
import YAMLSource

extension Desk {
  /// The names of the plan as it stands, or, where it cannot be read, as it last could be.
  func names(_ document: OpenDocument) -> PlanNames? {
    let analysis = analysis(of: document)
    if let known = document.names, known.serial == document.serial { return known.names }
    guard let root = analysis.file.whole ?? analysis.root, root.pairs != nil else {
      return document.names?.names
    }
    let pool = analysis.session.pool
    let names = PlanNames(root) { module, path, text in
      guard let schema = pool.configSchema(of: module) else { return false }
      let place = SchemaPlace(schema, path: path)
      return place.takesNames && !place.words.contains(text)
    }
    document.names = (document.serial, names)
    if analysis.file.diagnostics.allSatisfy({ $0.code != .yamlSyntax }) { document.lastRoot = root }
    return names
  }

  /// The module of a component, now or when the plan could last be read.
  func module(of component: String, _ document: OpenDocument) -> String? {
    let roots = [analysis(of: document).file.whole, document.lastRoot]
    for case let root? in roots {
      if let name = root["components"]?[component]?["module"]?.scalar?.text { return name }
    }
    return nil
  }

  /// What the component's module says of a place in its terms.
  func schemaPlace(_ terms: (component: String, path: [String]), _ document: OpenDocument) -> SchemaPlace? {
    guard let module = module(of: terms.component, document),
      let schema = analysis(of: document).session.pool.configSchema(of: module)
    else { return nil }
    let place = SchemaPlace(schema, path: terms.path)
    return place.isKnown ? place : nil
  }
}
