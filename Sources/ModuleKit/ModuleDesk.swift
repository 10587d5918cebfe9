import JSONCore
import JSONRPC
import ModuleProtocol

/// Keeps a module's components by name and turns messages into calls.
final class ModuleDesk<Module: RewardModule> {
  private let module: Module
  private var components: [String: any RewardComponent] = [:]

  init(_ module: Module) { self.module = module }

  func initialize(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let wanted = try params.required("protocol").int
    guard wanted == moduleProtocolVersion else {
      throw RPCError(.invalidParams, "this module speaks protocol \(moduleProtocolVersion)")
    }
    return module.identity.json
  }

  func configure(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let name = try params.string("component")
    let measure = params.optional("measure")
    let context = ComponentContext(
      name: name, currency: try params.string("currency"), places: try params.required("places").int ?? 2,
      hasMeasure: measure != nil, hasQuota: measure?["quota"]?.bool ?? false)
    do {
      let component = try module.component(config: try params.required("config"), context: context)
      components[name] = component
      return ConfigureAnswer.accepted(component.needs, component.gives).json
    } catch let refusal as ConfigFaults {
      components[name] = nil
      return ConfigureAnswer.refused(refusal.faults).json
    } catch let error as RPCError {
      throw error
    } catch {
      throw RPCError(.internalError, "\(error)")
    }
  }

  func calculate(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let (component, batch) = try read(params)
    do {
      let earnings = try component.calculate(batch)
      return ["lines": earnings.lines.json, "periods": earnings.periods.json]
    } catch {
      throw RPCError(.invalidParams, error.message)
    }
  }

  func explain(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let (component, batch) = try read(params)
    do {
      return try component.explain(batch).json
    } catch {
      throw RPCError(.invalidParams, error.message)
    }
  }

  private func read(_ params: RPCParameters) throws(RPCError) -> (any RewardComponent, Batch) {
    let name = try params.string("component")
    guard let component = components[name] else {
      throw RPCError(.invalidParams, "component `\(name)` was not configured")
    }
    do {
      let batch = Batch(
        lines: try Frame(json: params.value?["lines"]), periods: try Frame(json: params.value?["periods"]))
      return (component, batch)
    } catch {
      throw RPCError(.invalidParams, error.message)
    }
  }
}
