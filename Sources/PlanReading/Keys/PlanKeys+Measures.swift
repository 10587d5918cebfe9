import PlanModel

/// The keys of measures and of the quotas that they are held against.
extension PlanKeys {
  static let measure = [
    PlanKey(
      "sum", .optional(nil), .either([.words(["amount"]), .name(.columnOfLines)]),
      "What is added up: the credited `amount`, a column of the credited table or a formula",
      more:
        "In a formula stand `amount` (credited), `date`, `payee.NAME` and the columns of the credited table."),
    PlanKey("count", .optional(nil), .words(["lines"]), "Counts lines, instead of adding up"),
    PlanKey("distinct", .optional(nil), .condition, "Counts the different values of a column or formula"),
    PlanKey("average", .optional(nil), .condition, "The sum of a formula's values by their number"),
    PlanKey(
      "ratio", .optional(nil), .condition, "The sum of a formula by that of another, `to`",
      more: "Both are added up first: 450.00 of 1,700.00 is 26.47%.",
      example: "ratio: amount"),
    PlanKey("to", .optional(nil), .condition, "What a `ratio` divides by"),
    PlanKey("min", .optional(nil), .condition, "The smallest value of a formula"),
    PlanKey("max", .optional(nil), .condition, "The largest value of a formula"),
    PlanKey(
      "last", .optional(nil), .condition, "The value of a formula on the latest day",
      more: "Of several on it, that of the row whose id comes last."),
    PlanKey(
      "round", .stated("of averages and ratios"), .keys(rounding), "How the figure is rounded",
      more:
        "Once, after everything is added up. Without it figures have the currency's places, and one with more is an error.",
      example: "round: {places: 4}"),
    PlanKey(
      "if_none", .stated("of all but sums and counts"), .either([.number, .share]),
      "The figure where there is nothing to make it of", more: "Also where what a ratio divides by is zero.",
      example: "if_none: 0"),
    PlanKey(
      "margin", .optional(nil), .keys(margin), "The price less the cost of each line, added up",
      more: "(900, cost 950) and (600, cost 200) are 400 with `floor: 0`, and 350 with `none`.",
      example: "margin: {price: amount, cost: cost, floor: 0}"),
    PlanKey(
      "collected", .optional(nil), .keys(collected), "The amounts that money came in for",
      more: "(1,000 paid after 30 days), (3,000 after 90), (500 not yet) are 4,000, and 1,000 `within: 60`.",
      example: "collected: {on: paid_on, within: 60}"),
    PlanKey(
      "win_rate", .optional(nil), .keys(winRate), "The part of the lines that were won",
      more: "2 won, 1 lost and 1 open are 2/3 of those that are closed, 2/4 of `all`.",
      example: "win_rate: {won: stage == \"won\", out_of: all, by: lines}"),
    PlanKey(
      "conversion", .optional(nil), .keys(conversion),
      "The part of the lines at one stage that reached another",
      more: "A line counts in the period of its own day, whenever it got there. Of 3 new ones 1 is won: 1/3."),
    PlanKey(
      "new_customer_rate", .optional(nil), .keys(newCustomers), "The part of the customers who are new",
      more: "Each is counted once. Acme bought more, Bolt bought first: 1/2.",
      example: "new_customer_rate: {customer: account, new: kind == \"new\"}"),
    PlanKey(
      "retention", .optional(nil), .keys(retention),
      "What is left at the end of what customers had at the beginning",
      more:
        "A line is a customer and a period. (100 to 130), (0 to 50), (200 to 150), (100 to nothing) are `logos` 2/3, `net-revenue` 280/400, `gross-revenue` 250/400.",
      example: "retention: {of: logos, opening: mrr_before, closing: mrr}"),
    PlanKey(
      "days_to_collect", .optional(nil), .keys(daysToCollect), "The average days between two days",
      more: "1,000 after 30 days and 3,000 after 90 are 60 days by lines, 75 by amount.",
      example: "days_to_collect: {from: invoiced, to: paid, by: amount}"),
    PlanKey(
      "growth", .optional(nil), .keys(growth), "What another measure grew by, as a share of a base",
      more: "Of 1,500 after 1,000 it is 50%.",
      example: "growth: {of: bookings, base: year-before}"),
    PlanKey(
      "formula", .optional(nil), .condition, "A formula over other measures",
      more:
        "By their names; and `MEASURE.quota`, `MEASURE.previous`, `MEASURE.year_before`, `payee.NAME` (on the period's last day), `period.from`, `period.to`.",
      example: "formula: 60% * hunted / hunted.quota + 40% * farmed / farmed.quota"),
    PlanKey(
      "credits", .stated("unless it looks at other measures"), .names(.rule),
      "The credit rules whose lines are measured"),
    PlanKey(
      "where", .optional("all lines"), .condition, "Only lines for which this holds are measured",
      example: "where: stage == \"won\""),
    PlanKey(
      "over", .stated("always"),
      .words(["period", "month", "quarter", "half", "year"]),
      "The window over which it adds up before it starts anew", more: "Periods must lie in it whole.",
      example: "over: year"),
    PlanKey("quota", .optional("none"), .keys(quota), "What the figure is held against"),
  ]

  private static let quota = [
    PlanKey(
      "table", .required, .name(.table), "The table with the quotas",
      more:
        "One or more rows a payee and period, none of them negative; they are added up (to have a second row refused, state the table's `key: [person, period]`)."
    ),
    PlanKey(
      "person", .optional(nil), .name(.column), "The column with the payee's id",
      more: "Either this or `of` is stated."),
    PlanKey(
      "of", .optional(nil), .pairs(.attribute, .name(.column)),
      "The quota of everybody whose attribute equals the column, instead of `person`",
      more: "On the period's last day; of a role, a team.",
      example: "of: {role: role}"),
    PlanKey(
      "changes", .optional("last-day"), words(Quota.Change.self),
      "What counts for somebody whose role or team changes within a period, with `of`",
      example: "of 30,000 and 60,000 in June with a change on the 16th: 60,000 by the last day, 45,000 by day"
    ),
    PlanKey("amount", .required, .name(.column), "The column with the quota"),
    PlanKey(
      "active_days", .optional("the whole quota"), .keys(activeDays),
      "Counts a period's quota by the active days over all its days",
      more: "There for 10 of 30 days, 30,000 count as 10,000."),
    PlanKey(
      "ramp", .optional("the whole quota"), .keys(ramp), "The part that counts in the first months",
      more: "Half of 30,000 in the first month, with `shares: [50%, 75%]`, is 15,000."),
    PlanKey(
      "date", .optional(nil), .name(.column), "The column with a day inside the period",
      more: "Either this or `period` is stated."),
    PlanKey(
      "period", .optional(nil), .name(.column), "The column with the period's label, instead of `date`",
      example: "period: period"),
    PlanKey(
      "convert", .optional("quotas are in the plan's currency"), .keys(quotaConversion),
      "The currency of each quota, and the table of rates by which it is converted"),
    PlanKey("scale", .optional("100%"), .share, "A factor on each quota", example: "scale: 90%"),
    PlanKey(
      "against", .stated("unless `over: period`"), words(Quota.Target.self),
      "Whether the figure is held against the whole window's quota, or the quota so far",
      more: "`full`: the quotas of the whole window; `to-date`: those up to this period."),
    PlanKey(
      "zero_quota", .stated("always"), words(Quota.Zero.self),
      "How a quota of zero, or none, is read: nothing is attained, or everything lies beyond all bands",
      more: "`unmet`: nothing is attained; `passed`: everything lies beyond all bands."),
  ]

  private static let activeDays = [
    PlanKey("from", .optional("always before"), .name(.attribute), "The attribute with the first day"),
    PlanKey("to", .optional("for good"), .name(.attribute), "The attribute with the last day, included"),
    PlanKey(
      "first_day", .stated("always"), words(ActiveDays.FirstDay.self),
      "Whether somebody's first day counts as an active one"),
    PlanKey("leave", .optional("none"), .keys(leave), "A table with days away"),
  ]

  private static let leave = [
    PlanKey("table", .required, .name(.table), "The table with a row for each absence"),
    PlanKey("person", .required, .name(.column), "The column with the payee's id"),
    PlanKey("from", .required, .name(.column), "The column with the first day away"),
    PlanKey("to", .required, .name(.column), "The column with the last day away"),
  ]

  private static let ramp = [
    PlanKey(
      "since", .required, .name(.attribute), "The attribute with the day of the first period",
      more:
        "The period that holds it has the first share, one that begins so many months after that month the share of that number, later ones the whole."
    ),
    PlanKey(
      "shares", .required, .list(.share), "The part that counts in the first period, then in the next ones",
      example: "shares: [25%, 50%, 75%]"),
  ]

  private static let weight = PlanKey(
    "by", .stated("always"), .either([.words(["lines"]), .condition]),
    "Whether lines are counted, or weighed by a formula", example: "by: amount")

  private static let margin = [
    PlanKey("price", .required, .condition, "The formula of the price"),
    PlanKey("cost", .required, .condition, "The formula of the cost"),
    PlanKey(
      "floor", .stated("always"), .either([.words(["none"]), .number]), "The least that a line counts",
      example: "floor: 0"),
  ]

  private static let collected = [
    PlanKey("on", .required, .condition, "The day on which the money came in; empty if it has not"),
    PlanKey("amount", .optional("the credited amount"), .condition, "What counts of a line"),
    PlanKey(
      "within", .optional("whenever it came"), .integer(0...3660), "The most days since the line's own day",
      more: "Where it is there."),
  ]

  private static let winRate = [
    PlanKey("won", .required, .condition, "Which lines are won"),
    PlanKey(
      "out_of", .stated("always"), .either([.words(["all"]), .condition]), "Which lines are all",
      example: "out_of: stage in [\"won\", \"lost\"]"),
    weight,
  ]

  private static let conversion = [
    PlanKey("to", .required, .condition, "Which lines reached the later stage"),
    PlanKey(
      "from", .stated("always"), .either([.words(["all"]), .condition]), "Which lines reached the earlier one"
    ),
    weight,
  ]

  private static let newCustomers = [
    PlanKey("customer", .required, .condition, "The formula that tells customers apart"),
    PlanKey("new", .required, .condition, "Which lines are those of new customers"),
  ]

  private static let retention = [
    PlanKey("opening", .required, .condition, "What the customer had at the beginning"),
    PlanKey("closing", .required, .condition, "What the customer has at the end"),
    PlanKey(
      "of", .stated("always"), .words(["logos", "net-revenue", "gross-revenue"]),
      "Whether customers are counted, or their revenue with or without what it grew",
      more:
        "`logos`, the part of the customers who had something and still have; `net-revenue`, what is left of their revenue with what it grew; `gross-revenue`, without. Who had nothing before does not count."
    ),
  ]

  private static let daysToCollect = [
    PlanKey("from", .required, .condition, "The day on which the days begin, as of the invoice"),
    PlanKey("to", .required, .condition, "The day on which the money came in; empty if it has not"),
    weight,
  ]

  private static let growth = [
    PlanKey("of", .required, .name(.measure), "The measure that grows"),
    PlanKey(
      "base", .stated("always"), .words(["previous", "year-before", "quota"]),
      "What its figure is set against",
      more:
        "`previous`, at the same place in its window before (the period before, for a measure of each period); `year-before`, at the same place in the fiscal year before; `quota`, for last year's figures from a table. A base that is missing, zero or below has no growth, so `if_none`."
    ),
  ]
}
