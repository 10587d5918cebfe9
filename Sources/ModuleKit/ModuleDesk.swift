import JSONCore
import JSONRPC
import ModuleProtocol

/// Keeps a module's components by name and turns messages into calls.
final class ModuleDesk<Module: RewardModule> {
  private let module: Module
  private var components: [String: any RewardComponent] = [:]
  /// The last answer's columns, which the host reads until it sends the next message.
  private var answer = FrameWriter(.inline)

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
    let measure = params.optional("measure").map {
      ComponentContext.Measure(
        name: $0["name"]?.string ?? "", hasQuota: $0["quota"]?.bool ?? false,
        sumsLines: $0["sumsLines"]?.bool ?? true, holdsMore: $0["holdsMore"]?.bool ?? false)
    }
    let context = ComponentContext(
      name: name, currency: try params.string("currency"), places: try params.required("places").int ?? 2,
      measure: measure)
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
    let (component, batch, isMapped) = try read(params)
    let earnings: Earnings
    do { earnings = try component.calculate(batch) } catch { throw error.asError }
    var writer = answer.next(isMapped ? .reused : .inline)
    do {
      let json: JSONValue = [
        "lines": try writer.json(earnings.lines), "periods": try writer.json(earnings.periods),
      ]
      answer = writer
      return json
    } catch {
      throw RPCError(.internalError, error.message)
    }
  }

  func explain(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let (component, batch, _) = try read(params)
    do {
      return try component.explain(batch).json
    } catch {
      throw error.asError
    }
  }

  /// The batch of a call, and whether it came in shared memory, so that the answer may go the same way.
  private func read(_ params: RPCParameters) throws(RPCError) -> (any RewardComponent, Batch, isMapped: Bool)
  {
    let name = try params.string("component")
    guard let component = components[name] else {
      throw RPCError(.invalidParams, "component `\(name)` was not configured")
    }
    var reader = FrameReader(.mapped(process: nil))
    do {
      let lines = try reader.frame(params.value?["lines"])
      let periods = try reader.frame(params.value?["periods"])
      var tables: [String: Frame] = [:]
      for (name, json) in params.value?["tables"]?.object?.members ?? [] {
        tables[name] = try reader.frame(json)
      }
      let batch = Batch(lines: lines, periods: periods, tables: tables)
      return (component, batch, reader.sawMapped)
    } catch {
      throw RPCError(.invalidParams, error.message)
    }
  }
}

extension CalculationFault {
  /// The fault as an answer: of the data where it names rows of them.
  fileprivate var asError: RPCError {
    if rows.isEmpty, help == nil { return RPCError(.invalidParams, message) }
    var data = JSONObject([("rows", .array(rows.map(\.json)))])
    data["help"] = help.map { .string($0) }
    return RPCError(.diagnostics, message, data: .object(data))
  }
}
