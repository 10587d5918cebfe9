import JSONCore
import JSONRPC

extension HostMethod {
  package static let all: [HostMethod] =
    sessionMethods + planMethods + runMethods + authorMethods + listMethods

  private static let sessionMethods: [HostMethod] = [
    HostMethod(
      "initialize", "Begins a session; tells who the host is and what it can do.",
      [Parameter("client", "Name and version of the client.")], result: ("host", ResultSchema.host),
      answer: { desk, params, _ throws(RPCError) in try desk.initialize(params) }),
    HostMethod(
      "shutdown", "Ends the session; after it only `exit` is answered.",
      result: ("nothing", ["type": "null"]), answer: { desk, _, _ throws(RPCError) in desk.shutdown() }),
  ]

  private static let planMethods: [HostMethod] = [
    HostMethod(
      "plan/check", "All diagnostics of a plan, given by its path or its text; with `data` of the files too.",
      right: .seesAll, [.path, .text, .data], result: ("diagnostics", ResultSchema.diagnostics),
      answer: { desk, params, _ throws(RPCError) in try desk.check(params) }),
    HostMethod(
      "plan/open", "Opens a plan and keeps it open, with its modules running.", [.path, .text],
      result: ("plan", ResultSchema.plan),
      answer: { desk, params, _ throws(RPCError) in try desk.open(params) }),
    HostMethod(
      "plan/edit",
      "Puts an edited text in the place of an open plan's; a next run computes only what the edit touches.",
      right: .writes,
      [
        Parameter("plan", "The id that `plan/open` gave.", required: true),
        Parameter("text", "The plan's whole text, edited.", required: true),
      ], result: ("plan", ResultSchema.plan),
      answer: { desk, params, _ throws(RPCError) in try desk.edit(params) }),
    HostMethod(
      "data/open", "Keeps data for the runs to come: a folder, rows in the place of tables, or both.",
      right: .seesAll,
      [
        .plan, .path, .text, Parameter("folder", "The folder with the files of the other tables."),
        Parameter(
          "tables", "Rows by the table's name: {\"rows\": [{…}]} or {\"columns\": {…}}.", ["type": "object"]),
      ], result: ("data", ResultSchema.data),
      answer: { desk, params, _ throws(RPCError) in try desk.openData(params) }),
    HostMethod(
      "session/close", "Forgets an open plan, or open data.",
      [Parameter("id", "The id that `plan/open` or `data/open` gave.", required: true)],
      result: ("nothing", ["type": "null"]),
      answer: { desk, params, _ throws(RPCError) in try desk.close(params) }),
  ]

  private static let runMethods: [HostMethod] = [
    HostMethod(
      "plan/run", "Runs a plan; answers the run's facts and its statements, and writes files when asked.",
      Parameter.running + [
        Parameter("out", "A folder that the result files are written to."), .payee, .period, .limit,
      ], result: ("run", ResultSchema.run),
      answer: { desk, params, context throws(RPCError) in try desk.run(params, context) }),
    HostMethod(
      "plan/preview",
      "What a plan pays in a period, the latest with any figures unless stated: sums, and the statements behind them.",
      Parameter.running + [.payee, .period, .limit], result: ("preview", ResultSchema.preview),
      answer: { desk, params, context throws(RPCError) in try desk.preview(params, context) }),
    HostMethod(
      "plan/explain", "The derivation of a payee's pay: trees whose leaves add up to the total.",
      Parameter.running + [
        Parameter("payee", "The payee's id.", required: true), .period,
        Parameter("transaction", "Only this transaction."),
      ], result: ("derivations", ResultSchema.derivations),
      answer: { desk, params, context throws(RPCError) in try desk.explain(params, context) }),
    HostMethod(
      "plan/compare", "Who gets more and who less under another plan, or the same plan edited.",
      [
        .plan, .path, .data, .asOf, Parameter("with", "The id of the other plan, open."),
        Parameter("withPath", "The other plan's file."), Parameter("text", "The plan's text, edited."),
        .payee, .period, .limit,
      ], result: ("comparison", ResultSchema.comparison),
      answer: { desk, params, context throws(RPCError) in try desk.compare(params, context) }),
    HostMethod(
      "deal/estimate",
      "What a deal that is not in the data yet adds to the pay of everybody whom it touches, and why.",
      Parameter.running + [
        Parameter("deal", "A row of the credited table, by the names of its columns.", ["type": "object"]),
        Parameter("rows", "Several of them.", ["type": "array", "items": ["type": "object"]]),
        Parameter("table", "The credited table, where the plan has several."),
      ], result: ("estimate", ResultSchema.estimate),
      answer: { desk, params, context throws(RPCError) in try desk.estimate(params, context) }),
  ]

  private static let authorMethods: [HostMethod] = [
    HostMethod(
      "plan/test", "Runs a file of plan tests; answers which passed, and why others did not.",
      right: .seesAll,
      [
        Parameter("path", "The file of tests; the plan is looked for beside it.", required: true), .text,
        .data,
      ], result: ("results", ["type": "object"]),
      answer: { desk, params, _ throws(RPCError) in try desk.test(params) }),
    HostMethod(
      "plan/schema", "The JSON Schema of a plan, with the terms of the modules that are found.",
      result: ("schema", ["type": "object"]), answer: { desk, _, _ throws(RPCError) in desk.schema() }),
    HostMethod(
      "modules/set", "Switches a module on or off for a team in the plan's file, and logs who did.",
      right: .switches,
      [
        .path, Parameter("module", "The module.", required: true),
        Parameter("enabled", "Whether it pays.", required: true, ["type": "boolean"]),
        Parameter("team", "The team, with the teams below it; everybody unless stated."),
        Parameter("from", "The first day on which it holds, YYYY-MM-DD.", required: true),
        Parameter("to", "The last day; no end unless stated."),
        Parameter("reason", "Why.", required: true),
        Parameter("by", "Who; the user of the system unless stated."),
        Parameter("dryRun", "Write nothing; answer who would get what.", ["type": "boolean"]), .data,
      ], result: ("switched", ["type": "object"]),
      answer: { desk, params, context throws(RPCError) in try desk.setModule(params, context) }),
  ]

  private static let listMethods: [HostMethod] = [
    HostMethod(
      "page/next", "The page of a long answer that a cursor names.",
      [Parameter("cursor", "The cursor that came with the page before.", required: true), .limit],
      result: ("page", ResultSchema.page),
      answer: { desk, params, _ throws(RPCError) in try desk.pages.page(params) }),
    HostMethod(
      "modules/list", "The reward modules that were found, with version and health.",
      result: ("modules", ResultSchema.modules),
      answer: { desk, _, _ throws(RPCError) in desk.modules() }),
    HostMethod(
      "schema/get", "The JSON Schema of the terms of a module.",
      [Parameter("module", "The module's id.", required: true)],
      result: ("schema", ResultSchema.moduleSchema),
      answer: { desk, params, _ throws(RPCError) in try desk.moduleSchema(params) }),
    HostMethod(
      "rpc.discover", "This document.", result: ("openrpc", ["type": "object"]),
      answer: { desk, _, _ throws(RPCError) in OpenRPCDocument.json(version: desk.start.version) }),
  ]
}
