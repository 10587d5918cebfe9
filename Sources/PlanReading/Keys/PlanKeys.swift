import Money
import PlanCalendar
import PlanModel

/// The keys of a plan, described once for all that tell people about them.
package enum PlanKeys {
  /// The keys at the top of a plan.
  package static let plan: [PlanKey] = [
    PlanKey("plan", .required, .text, "The plan's name", example: "plan: East team 2026"),
    PlanKey(
      "currency", .required, .text, "The code of ISO 4217 of credits and pay", example: "currency: USD"),
    PlanKey("calendar", .required, .keys(calendar), "The periods in which people are paid"),
    PlanKey(
      "data", .required, .entries(.table, .keys(table)),
      "Tables of rows: files of CSV, JSON Lines or SQLite below the data folder, or rows in the plan itself"),
    PlanKey(
      "constants", .optional(nil),
      .entries(.heading, .either([.number, .share, .date, .boolean, .text, .list(.keys(constant))])),
      "Values that all conditions and formulas may name, the same always or from days on",
      more: "They may change on days: see [constants](#constants-and-definitions).",
      example: "constants: {large_deal: 250000}"),
    PlanKey(
      "define", .optional(nil), .entries(.heading, .text),
      "Conditions and formulas that all others may name, with or without values that they are given",
      more: "See [definitions](#constants-and-definitions).",
      example: "define: {is_large: amount >= large_deal}"),
    PlanKey("people", .required, .keys(people), "The payees, and what is known of them"),
    PlanKey("assigned", .optional("everybody, always"), .keys(assigned), "Who is in the plan, and when"),
    PlanKey(
      "credits", .optional("nothing is credited to anybody"), .entries(.rule, .keys(rule)),
      "Who gets credit for which rows", more: "Required where a measure or a component names a rule."),
    PlanKey(
      "measures", .optional(nil), .entries(.measure, .keys(measure)),
      "What is added up, and the quotas it is held against"),
    PlanKey(
      "components", .required, .entries(.component, .keys(component)),
      "What is paid, by which module, on which terms"),
    PlanKey(
      "settle", .optional("all that is earned is paid"), .keys(settle),
      "How what is earned becomes payable and paid: caps, draws, clawbacks, holdbacks",
      more: "See [settle](#settle)."),
    PlanKey("outputs", .optional("the usual columns"), .keys(outputs), "Which columns the result files have"),
    PlanKey(
      "teams", .optional(nil), .keys(teams), "Modules that are switched on and off for teams",
      more: "See [teams](#teams)."),
    PlanKey(
      "include", .optional(nil), .list(.path),
      "Files with parts of the plan, joined with what it says; nothing may be stated twice",
      more: "See [several files](#several-files)."),
    PlanKey(
      "extends", .optional(nil), .path,
      "Another plan, which holds unless this one says otherwise; `~` takes a key away",
      more:
        "Mappings are laid over each other key by key, and any other value stands in place of what was there. See [several files](#several-files)."
    ),
  ]

  private static let calendar = [
    PlanKey(
      "period", .required, words(Grain.self), "How long a period is", example: "period: month"),
    PlanKey("from", .required, .date, "The first day of the plan", example: "from: 2026-01-01"),
    PlanKey(
      "to", .required, .date, "The last day of the plan", more: "It is the last day of a period.",
      example: "to: 2026-12-31"),
    PlanKey(
      "starts", .optional(nil), .list(.date),
      "The days on which periods begin, instead of `period` and `from`",
      more: "Each period is labelled by its day.",
      example: "starts: [2026-01-01, 2026-02-01]"),
    PlanKey(
      "fiscal_year_start", .optional("1"), .integer(1...12), "The month in which the year begins",
      more: "The year is named after the calendar year in which it ends: from April 2026 on, `FY2027-Q1`.",
      example: "fiscal_year_start: 4"),
    PlanKey(
      "weeks", .optional(nil), words(WeekYears.Pattern.self),
      "Quarters of whole weeks, of so many weeks each month",
      more: "A year has 52 or 53 weeks; the 53rd is in its last month.", example: "weeks: 4-4-5"),
    PlanKey(
      "years", .optional(nil), .entries(.heading, .date),
      "The first day of each fiscal year of whole weeks",
      more: "Each by the name that its periods are labelled with.", example: "years: {FY2026: 2026-02-01}"),
    PlanKey(
      "payment", .optional(nil), .keys(payment), "On which day a period is paid",
      more: "It is the column `paid_on` of statements."),
  ]

  private static let teams = [
    PlanKey(
      "attribute", .optional("team"), .name(.attribute), "The attribute of payees that names their team"),
    PlanKey(
      "parents", .optional(nil), .entries(.heading, .text), "The team above each team",
      example: "parents: {North: EMEA}"),
    PlanKey(
      "modules", .optional(nil), .list(.keys(moduleSwitch)),
      "Switches of modules: a team's own decide before those of the teams above it"),
  ]

  private static let moduleSwitch = [
    PlanKey("module", .required, .name(.module), "The module that is switched"),
    PlanKey(
      "team", .optional("everybody"), .text, "The team, with the teams below it",
      more: "A team's own switches decide before those of the teams above it."),
    PlanKey("enabled", .required, .boolean, "Whether the module pays"),
    PlanKey(
      "from", .required, .date, "The first day on which the switch holds",
      more: "Of several that hold on a day, the one that begins last decides."),
    PlanKey("to", .optional("for good"), .date, "The last day, included"),
    PlanKey("reason", .required, .text, "Why, as the statement says it"),
    PlanKey("by", .optional(nil), .text, "Who switched"),
  ]

  private static let constant = [
    PlanKey("from", .optional("before all others"), .date, "The first day of the value"),
    PlanKey(
      "value", .required, .either([.number, .share, .date, .boolean, .text]), "The value from that day on"),
  ]

  private static let payment = [
    PlanKey(
      "day", .optional(nil), .either([.words(["last"]), .integer(1...31)]),
      "The day of a later month, or its `last`", more: "Either this or `days_after` is stated.",
      example: "day: 15"),
    PlanKey(
      "months_after", .optional("1"), .integer(0...12), "How many months later that month is",
      more: "It counts from the month of the period's last day: of March, with `day: 15`, April 15.",
      example: "months_after: 2"),
    PlanKey(
      "days_after", .optional(nil), .integer(0...366),
      "So many days after the period's last day, instead of `day`",
      more: "Of a period to March 31, with 30, April 30."),
    PlanKey(
      "weekends", .stated("always"), words(PaymentDay.Weekends.self),
      "Where a payment goes that falls on a weekend or a holiday",
      more:
        "A payment on a Saturday, a Sunday or one of `holidays` goes to the workday `before` or `after`, or may `stay`."
    ),
    PlanKey(
      "holidays", .optional("none"), .list(.date), "Days on which nothing is paid",
      more: "Those that fall on workdays matter."),
  ]

  private static let table = [
    PlanKey(
      "file", .optional(nil), .list(.path),
      "The path of a file below the data folder, CSV or JSON Lines (`.jsonl`), or of several; `*` stands for any characters",
      more:
        "Each file of CSV has a header line (one a month, say: `deals-*.csv`); they are read in the order of the list, or of the names."
    ),
    PlanKey(
      "csv", .optional(nil), .rows, "The rows themselves as CSV, instead of `file`",
      more: "Written as a block: `csv: |`."),
    PlanKey("jsonl", .optional(nil), .rows, "The rows themselves, one JSON object a line, instead of `file`"),
    PlanKey("sqlite", .optional(nil), .keys(database), "Rows of an SQLite database, instead of `file`"),
    PlanKey(
      "columns", .required, .entries(.column, .either([.columnType, .keys(column)])),
      "Name and type of each column", example: "columns: {id: text, amount: money}"),
    PlanKey(
      "key", .optional(nil), .names(.column),
      "The column, or columns, that tell rows apart; rows with the same are all rejected",
      more:
        "Their order decides nothing then. Required of tables that are credited or list the payees, of one column there."
    ),
    PlanKey(
      "separator", .optional("`,`"), .text, "The character between cells",
      more: "One character of ASCII, no quote and no end of a line.", example: "separator: \";\""),
    PlanKey(
      "encoding", .optional("utf-8"),
      .words(["utf-8"] + CellFormatReading.encodings), "The encoding of the file"),
    PlanKey(
      "numbers", .optional("1234.56"), .text, "How numbers are written, by an example",
      more:
        "By one of `\"1,234.56\"`, `\"1.234,56\"`, `\"1234,56\"`, `\"1 234,56\"`, `\"1'234.56\"`. With these `(1,234.56)` and `1,234.56-` are below zero, and groups must have three digits.",
      example: "numbers: \"1.234,56\""),
    PlanKey(
      "dates", .optional("YYYY-MM-DD"), .text, "How days are written",
      more:
        "By `YYYY`, `M` or `MM`, `D` or `DD` and what stands between, like `YYYY年M月D日`; `MMM` is an English month. A `*` at the end passes over what follows, as a time of day.",
      example: "dates: DD.MM.YYYY"),
    PlanKey(
      "other_columns", .optional("report"), .words(["report", "ignore"]),
      "Whether columns that the plan does not name are warned of"),
    PlanKey(
      "other_people", .optional("report"), .words(["report", "ignore"]),
      "Whether rows of people who are not in the plan are warned of",
      more: "Of quotas and dated rows."),
    PlanKey(
      "rejected_rows", .optional("fail"), .words(["fail", "accept", "stop"]),
      "Whether a run is incomplete when rows of this table were rejected, complete all the same, or stops"),
    PlanKey(
      "control", .optional(nil), .keys(control), "What the accepted rows must come to, from a ledger"),
  ]

  private static let database = [
    PlanKey(
      "file", .required, .path, "The path of the database below the data folder", example: "file: crm.sqlite"),
    PlanKey(
      "table", .optional(nil), .text, "A table or a view of the database, all rows of it",
      example: "table: deals"),
    PlanKey(
      "query", .optional(nil), .text, "One `SELECT`, instead of `table`",
      example: "query: SELECT id, day, owner, amount FROM deals WHERE stage = 'won'"),
    PlanKey(
      "reals", .optional("refuse"), .words(["refuse", "shortest"]),
      "Whether binary fractions are read, as the shortest decimals that are stored as them"),
  ]

  private static let control = [
    PlanKey("rows", .optional(nil), .integer(0...Int(Int32.max)), "How many rows there are"),
    PlanKey(
      "sums", .optional(nil), .pairs(.column, .number), "What columns add up to",
      example: "sums: {amount: 12345.67}"),
  ]

  private static let column = [
    PlanKey(
      "type", .required, .columnType, "What the cells hold; a `?` at its end allows empty cells",
      more: "See the types below.",
      example: "type: money"),
    PlanKey("places", .optional(nil), .integer(0...12), "Digits after the point that a cell may have"),
    PlanKey(
      "header", .optional("the column's name"), .text, "What the file calls the column",
      example: "header: Order no."),
    PlanKey(
      "references", .optional(nil), .name(.table),
      "A table with a key of one column; each cell must be one of its keys",
      more: "A row whose cell is none of them is rejected.", example: "references: people"),
    PlanKey(
      "optional", .optional("false"), .boolean, "Whether cells may be empty", more: "The same as the `?`."),
    PlanKey(
      "formula", .optional(nil), .text, "A formula over the columns before it: the column is worked out",
      more: "It stands in the place of `header` and `references`. See [formulas](#conditions).",
      example: "margin: {type: money, formula: price - cost}"),
    PlanKey(
      "lookup", .optional(nil), .keys(lookup), "A column of another table whose value is looked up",
      example: "cost: {lookup: {table: products, column: cost, by: product, missing: reject}}"),
    PlanKey(
      "round", .optional("rows with more digits are rejected"), words(RoundingMode.self),
      "How a formula's number with more digits is rounded", more: "Of a formula alone."),
    PlanKey(
      "day", .optional(nil), .name(.column),
      "The column of days by which a formula's dated constants are looked up",
      more: "See [constants](#constants-and-definitions)."),
  ]

  private static let lookup = [
    PlanKey("table", .required, .name(.table), "The table in which the value is looked up"),
    PlanKey("column", .required, .name(.column), "The column there that has it"),
    PlanKey(
      "by", .optional(nil), .names(.columnOfCredited),
      "The column, or columns, of this table with the key of the other one", example: "by: product"),
    PlanKey(
      "match", .optional(nil), .pairs(.column, .name(.columnOfCredited)),
      "Columns there, and those of this table that they must equal, instead of `by`",
      example: "match: {product_id: product, region: region}"),
    PlanKey(
      "missing", .stated("always"), words(Lookup.Missing.self),
      "What becomes of a row for which there is no value"),
    PlanKey(
      "date", .optional(nil), .name(.columnOfCredited), "The row's day, where rows there hold from day to day"
    ),
    PlanKey("from", .optional("always before"), .name(.column), "The column there with the first day"),
    PlanKey(
      "to", .optional("until the next row"), .name(.column), "The column there with the last day, included"),
    PlanKey(
      "until", .optional("until the next row"), .name(.column), "The column there with the first day after"),
  ]

  static let attribute = PlanShape.either([.name(.column), .keys(dated)])

  static let dated = [
    PlanKey("table", .required, .name(.table), "The table with a row for each stretch of days"),
    PlanKey("person", .required, .name(.column), "The column with the payee's id"),
    PlanKey("value", .required, .name(.column), "The column with the value"),
    PlanKey(
      "from", .optional("always before"), .name(.column), "The column with the first day",
      more: "Without it and `to` a row holds always.", example: "from: first_day"),
    PlanKey(
      "to", .optional("until the next row"), .name(.column), "The column with the last day, included",
      more: "Rows of one person that overlap, and a row that ends before it begins, are rejected.",
      example: "to: last_day"),
    PlanKey(
      "until", .optional("until the next row"), .name(.column), "The column with the first day after",
      more: "Instead of `to`.", example: "until: first_day_after"),
  ]

  static let rounding = [
    PlanKey("places", .optional("those of the currency"), .integer(0...12), "Digits after the point"),
    PlanKey(
      "mode", .optional("half-even"),
      words(RoundingMode.self), "How ties fall"),
  ]

  private static let rule = [
    PlanKey("table", .required, .name(.table), "The table whose rows are credited"),
    PlanKey(
      "id", .optional("the table's key"), .name(.column), "The column that tells the rows apart",
      more: "It must be the table's key.", example: "id: id"),
    PlanKey("date", .stated("without `stages`"), .name(.column), "The column with the day"),
    PlanKey(
      "stages", .optional("all of the amount on its day"), .entries(.heading, .keys(stage)),
      "Parts of the amount that are credited on days of their own",
      example: "stages: {order: {date: ordered, share: 70%}, payment: {date: paid, share: 30%}}"),
    PlanKey(
      "amount", .required, .name(.column), "The column with the amount",
      more:
        "Or a [formula](#conditions). It is worked out for the rows that `where` selects, rounded as `round` says, and then converted."
    ),
    PlanKey(
      "to", .required, .list(.either([.words(["nobody"]), .name(.column), .keys(recipient)])),
      "The column with the owner's id, or ways to find the owner, tried in order",
      more: "See [owners](#owners)."),
    PlanKey(
      "where", .optional("all rows"), .condition, "Only rows for which this holds are credited",
      example: "where: status == \"won\""),
    PlanKey(
      "split", .optional("all of it to the owner"), .keys(split),
      "Rows of another table that share a transaction among people; the shares add up to 100%",
      more: "See the keys of `split` below."),
    PlanKey(
      "convert", .optional("amounts are in the plan's currency"), .keys(conversion),
      "The amount's currency, and the table with a rate for each currency and day",
      more: "See the keys of `convert` below."),
    PlanKey(
      "round", .stated("when the amounts have more digits than the currency"), .keys(rounding),
      "Where credited amounts are rounded", more: "Without it, a row with more digits is rejected."),
    PlanKey(
      "roll_up", .optional(nil), .either([.name(.rule), .keys(passedOn)]),
      "Passes on the lines of another rule to the managers of that day",
      more: "With `{earnings: COMPONENT}`, what that paid.", example: "roll_up: own"),
    PlanKey(
      "levels", .optional("1"), .either([.words(["all"]), .integer(1...64)]),
      "How many managers up the credit goes; `all` for the whole line"),
    PlanKey(
      "shares", .optional("all of it"), .list(.share),
      "The part of the credit that each manager gets, the nearest first", example: "shares: [50%, 30%]"),
  ]

  private static let stage = [
    PlanKey(
      "date", .required, .name(.column), "The column with the day on which the stage is reached, empty before"
    ),
    PlanKey("share", .required, .share, "The part of the amount that is credited then"),
    PlanKey(
      "to", .optional("as the rule says"),
      .list(.either([.words(["nobody"]), .name(.column), .keys(recipient)])), "Whose the part is"),
  ]

  private static let recipient = [
    PlanKey(
      "column", .optional(nil), .name(.column), "The column with the owner's id",
      more: "An empty cell names nobody."),
    PlanKey("person", .optional(nil), .either([.text, .name(.column)]), "Whom, or the column with their id"),
    PlanKey("table", .optional(nil), .name(.table), "A table that says who gets which rows"),
    PlanKey(
      "match", .optional(nil), .pairs(.column, .name(.columnOfCredited)),
      "Columns of that table that agree with columns of the row",
      more:
        "An empty cell there agrees with everything, and of the rows that fit the one with the fewest counts."
    ),
    PlanKey("from", .optional("always before"), .name(.column), "The column with the first day"),
    PlanKey("to", .optional("for good"), .name(.column), "The column with the last day, included"),
    PlanKey("until", .optional("for good"), .name(.column), "The column with the first day after"),
    PlanKey(
      "members", .optional(nil), .pairs(.attribute, .name(.column)),
      "All payees whose attribute equals the column", example: "members: {team: region}"),
    PlanKey(
      "each", .stated("with `members`"), words(Members.Each.self),
      "Whether each member gets the whole amount or an equal part",
      more: "The cents left over go one each to the first by id.",
      example: "100.00 among three is 33.34, 33.33, 33.33"),
    PlanKey(
      "nobody", .optional(nil), .words(["true"]), "A house account: nobody gets the credit",
      more: "It is counted in `run.json`; without it a row without an owner is rejected."),
    PlanKey("where", .optional("all rows"), .condition, "Only rows for which this holds go this way"),
  ]

  private static let passedOn = [
    PlanKey(
      "earnings", .required, .name(.component), "Passes on what a component paid, instead of a rule's lines")
  ]

  private static let statedShares = [
    PlanKey("by", .required, .name(.column), "The column with each person's role"),
    PlanKey(
      "of", .required, .entries(.heading, .share), "The share of each role; its people share it equally",
      example: "of: {owner: 60%, support: 40%}"),
    PlanKey(
      "vacant", .stated("unless `total: any`"), words(StatedShares.Vacant.self),
      "What becomes of the share of a role that nobody has on a row"),
  ]

  private static let split = [
    PlanKey("table", .required, .name(.table), "The table with a row for each share"),
    PlanKey("row", .required, .name(.column), "The column with the id of the row that is shared"),
    PlanKey("person", .required, .name(.column), "The column with the id of who gets the share"),
    PlanKey("percent", .optional(nil), .name(.column), "The column with the share"),
    PlanKey(
      "shares", .optional(nil), .either([.words(["equal"]), .keys(statedShares)]),
      "The shares, instead of `percent`: `equal`, or by role"),
    PlanKey(
      "where", .optional("all rows"), .condition, "Which rows of the table are shares",
      example: "where: split_type == 'Revenue'"),
    PlanKey(
      "remainder", .stated("unless `total: any`"), words(Split.Remainder.self),
      "Who gets the cents that rounding leaves over",
      more: "Of equal shares, the largest is that of the first id.",
      example: "33.33% of 1,084.20 is 361.36; with `remainder: owner` the owner gets 722.84"),
    PlanKey(
      "total", .optional("100%"), .words(["100%", "any"]),
      "Whether the shares of a row add up to 100%, or stand side by side"),
    PlanKey(
      "quantities", .stated("where it matters"),
      .pairs(.columnOfCredited, words(Split.Quantity.self)),
      "What each person of a shared row counts of a number",
      more:
        "A number that is added up or paid by the unit, like seats, is each person's `share` of it or the `full` one. Shares are exact: of 10 seats, 6.667 and 3.333 at 66.67% and 33.33%."
    ),
  ]

  private static let conversion =
    [
      PlanKey(
        "from", .required, .name(.columnOfCredited), "The column of the credited table with the currency")
    ] + rates

  private static let rates = [
    PlanKey("table", .required, .name(.table), "The table with the rates"),
    PlanKey("currency", .required, .name(.column), "The column with the rate's currency"),
    PlanKey(
      "date", .optional(nil), .name(.column), "The column with the rate's day; none for rates of the plan"),
    PlanKey(
      "at", .optional("day"), words(RateTable.At.self),
      "Which rate counts: that of the day, the latest up to it, that of its month or of the month's end, or the plan's"
    ),
    PlanKey(
      "rate", .required, .name(.column), "The column with the rate",
      more: "1,000.00 EUR at 1.0842 is 1,084.20 USD.", example: "rate: rate"),
  ]

  static let quotaConversion =
    [
      PlanKey("from", .required, .name(.columnOfCredited), "The column of the quotas with their currency"),
      PlanKey(
        "day", .stated("unless `at: plan`"), words(QuotaConversion.Day.self),
        "The day of the period by whose rate its quotas are converted"),
    ] + rates

  private static let component = [
    PlanKey(
      "module", .required, .name(.module), "The reward module that computes it",
      more: "`incentive modules` lists them."),
    PlanKey(
      "credits", .optional("no lines; all payees take part"), .names(.rule),
      "The credit rules whose lines it pays on; most modules require them", more: "One table for all of them."
    ),
    PlanKey(
      "measure", .optional("none"), .name(.measure),
      "The measure whose attainment and window its terms look at", example: "measure: bookings"),
    PlanKey(
      "where", .optional("all lines"), .condition, "Only lines for which this holds are paid",
      example: "where: discount <= 10%"),
    PlanKey(
      "payees", .optional("all"), .condition, "Only payees for whom this holds on that day are paid",
      example: "payees: payee.role == \"rep\""),
    PlanKey(
      "from", .optional("the plan's first day"), .date, "The first day on which it is in force",
      example: "from: 2026-07-01"),
    PlanKey(
      "to", .optional("the plan's last day"), .date, "The last day on which it is in force",
      more: "Included.", example: "to: 2026-12-31"),
    PlanKey("config", .required, .terms, "The module's own terms"),
  ]

  static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> PlanShape
  where Word.RawValue == String {
    .words(Word.allCases.map(\.rawValue))
  }
}
