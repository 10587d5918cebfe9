import JSONCore
import JSONRPC

extension HostMethod {
  package static let all: [HostMethod] =
    sessionMethods + planMethods + runMethods + authorMethods + listMethods

  /// The errors of methods that open or run plans for those who may see them.
  private static let openingErrors: [RPCError.Code] = [.diagnostics, .forbidden]
  private static let runningErrors: [RPCError.Code] = openingErrors + [.cancelled]

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
      right: .seesAll,
      [.path, .text, Parameter("data", "A folder whose files are checked too."), .limit],
      result: ("checked", ResultSchema.checked),
      errors: [.diagnostics],
      answer: { desk, params, _ throws(RPCError) in try desk.check(params) }),
    HostMethod(
      "plan/open", "Opens a plan and keeps it open, with its modules running.", [.path, .text],
      result: ("plan", ResultSchema.plan), errors: openingErrors,
      answer: { desk, params, _ throws(RPCError) in try desk.open(params) }),
    HostMethod(
      "plan/edit",
      "Puts an edited text in the place of an open plan's; a next run computes only what the edit touches.",
      right: .writes,
      [
        Parameter("plan", "The id that `plan/open` gave.", required: true),
        Parameter("text", "The plan's whole text, edited.", required: true),
      ], result: ("plan", ResultSchema.plan), errors: [.diagnostics],
      answer: { desk, params, _ throws(RPCError) in try desk.edit(params) }),
    HostMethod(
      "data/open", "Keeps data for the runs to come: a folder, rows in the place of tables, or both.",
      right: .seesAll,
      [
        .plan, .path, .text, Parameter("folder", "The folder with the files of the other tables."),
        Parameter(
          "tables", "Rows by the table's name: {\"rows\": [{…}]} or {\"columns\": {…}}.", ["type": "object"]),
      ], result: ("data", ResultSchema.data), errors: [.diagnostics],
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
        Parameter("out", "A folder that the result files are written to."),
        Parameter(
          "trace", "Write `trace.jsonl` there too: the derivation of every payee's every period.",
          ["type": "boolean"]), .payee, .period, .limit,
      ], result: ("run", ResultSchema.run), errors: runningErrors,
      answer: { desk, params, context throws(RPCError) in try desk.run(params, context) }),
    HostMethod(
      "plan/preview",
      "What a plan pays in a period, the latest with any figures unless stated: sums, and the statements behind them.",
      Parameter.running + [.payee, .period, .limit], result: ("preview", ResultSchema.preview),
      errors: runningErrors,
      answer: { desk, params, context throws(RPCError) in try desk.preview(params, context) }),
    HostMethod(
      "plan/explain",
      "The derivation of a payee's pay: trees whose leaves add up to the total. A figure of many parts shows some, and has a cursor for the others.",
      Parameter.running + [
        Parameter("payee", "The payee's id.", required: true), .period,
        Parameter("transaction", "Only this transaction."), .limit,
      ], result: ("explanation", ResultSchema.explanation), errors: runningErrors,
      answer: { desk, params, context throws(RPCError) in try desk.explain(params, context) }),
    HostMethod(
      "plan/compare", "Who gets more and who less under another plan, or the same plan edited.",
      [.plan, .path, .data, .asOf] + Parameter.other + [.payee, .period, .limit],
      result: ("comparison", ResultSchema.comparison), errors: runningErrors,
      answer: { desk, params, context throws(RPCError) in try desk.compare(params, context) }),
    HostMethod(
      "deal/estimate",
      "What a deal that is not in the data yet adds to the pay of everybody whom it touches, and why.",
      Parameter.running + [
        Parameter("deal", "A row of the credited table, by the names of its columns.", ["type": "object"]),
        Parameter("rows", "Several of them.", ["type": "array", "items": ["type": "object"]]),
        Parameter("table", "The credited table, where the plan has several."), .limit,
      ], result: ("estimate", ResultSchema.estimate), errors: runningErrors,
      answer: { desk, params, context throws(RPCError) in try desk.estimate(params, context) }),
  ]

  private static let authorMethods: [HostMethod] = [
    HostMethod(
      "plan/diff",
      "What another plan, or the same plan edited, says otherwise: by meaning, not by text. `plan/compare` tells what that pays.",
      right: .seesAll, [.plan, .path] + Parameter.other + [.limit],
      result: ("difference", ResultSchema.difference), errors: [.diagnostics],
      answer: { desk, params, _ throws(RPCError) in try desk.diff(params) }),
    HostMethod(
      "plan/format", "A plan's text in the one form: comments stay, no value changes.", right: .seesAll,
      [
        .path, .text,
        Parameter("write", "Put it in the place of the file too, when it differs.", ["type": "boolean"]),
      ], result: ("formatted", ResultSchema.formatted), errors: [.diagnostics],
      answer: { desk, params, _ throws(RPCError) in try desk.format(params) }),
    HostMethod(
      "plan/new", "Makes a folder with a plan that works, its data and its tests.", right: .writes,
      [
        Parameter(
          "folder", "The folder to make; nothing that is there is overwritten.", required: true),
        Parameter("template", "The template to begin with; the first of `templates/list` unless stated."),
      ], result: ("files", ResultSchema.files), errors: [.diagnostics],
      answer: { desk, params, _ throws(RPCError) in try desk.new(params) }),
    HostMethod(
      "templates/list", "What `plan/new` can begin with.", result: ("templates", ResultSchema.templates),
      answer: { desk, _, _ throws(RPCError) in desk.templates() }),
    HostMethod(
      "plan/test", "Runs plan tests; answers which passed, and why others did not.", right: .seesAll,
      [
        Parameter(
          "path", "A file of tests, a plan that has one beside it, or a folder with such files below it.",
          required: true),
        Parameter("text", "The text of a file of tests, which then stands for the file at `path`."),
        Parameter("data", "The folder with data files that the tests do not replace."),
        Parameter("junit", "Answer the results as XML of JUnit too.", ["type": "boolean"]), .limit,
      ], result: ("results", ResultSchema.tests), errors: [.diagnostics, .cancelled],
      answer: { desk, params, context throws(RPCError) in try desk.test(params, context) }),
    HostMethod(
      "plan/schema",
      "The JSON Schema of a plan, with the terms of the modules that are found; or of one module's terms as a plan writes them.",
      [Parameter("module", "Only the terms of this module.")], result: ("schema", ResultSchema.planSchema),
      errors: [.diagnostics],
      answer: { desk, params, _ throws(RPCError) in try desk.schema(params) }),
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
      ], result: ("switched", ResultSchema.switched), errors: [.diagnostics, .cancelled],
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
      "schema/get", "The JSON Schema of the terms of a module, as the module is handed them.",
      [Parameter("module", "The module's id.", required: true)],
      result: ("schema", ResultSchema.moduleSchema), errors: [.internalError],
      answer: { desk, params, _ throws(RPCError) in try desk.moduleSchema(params) }),
    HostMethod(
      "rpc.discover", "This document.", result: ("openrpc", ResultSchema.openRPC),
      answer: { desk, _, _ throws(RPCError) in OpenRPCDocument.json(version: desk.start.version) }),
  ]
}

extension HostMethod.Parameter {
  static let path = Self("path", "The plan's file.")
  static let text = Self("text", "The plan's text, which then stands for the file.")
  static let plan = Self(
    "plan", "The id that `plan/open` gave; `path` or `text` open a plan for this request.")
  static let data = Self(
    "data",
    "The folder with the data files, or an id that `data/open` gave; the plan's own folder unless stated.")
  static let asOf = Self(
    "asOf", "Look at the data as of this day, YYYY-MM-DD.", ["type": "string", "format": "date"])
  static let payee = Self("payee", "Only this payee, by id.")
  static let period = Self("period", "Only this period, by its label.")
  static let limit = Self(
    "limit", "How many items a page holds.",
    ["type": "integer", "minimum": 1, "maximum": .number(Pages.largestPage)])

  /// A plan, open or not, and the data that it runs over.
  static let running = [plan, path, text, data, asOf]
  /// What a plan is compared with.
  static let other = [
    Self("with", "The id of the other plan, open."), Self("withPath", "The other plan's file."),
    Self("text", "The plan's text, edited."),
  ]
}
