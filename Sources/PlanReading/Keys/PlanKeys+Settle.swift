import PlanModel

extension PlanKeys {
  static let settle = [
    PlanKey(
      "opening", .optional("nothing is open"), .name(.table),
      "The table of what earlier runs left open, with the columns of `balances.csv`",
      more: "They are `payee`, `step`, `due` (a day, or empty) and `amount`."),
    PlanKey(
      "pay_in", .optional("the plan's currency"), .keys(payIn), "The currencies in which people are paid"),
    PlanKey(
      "steps", .required, .entries(.heading, .keys(step)), "The steps, in the order in which they are taken"),
  ]

  private static let payIn = [
    PlanKey(
      "attribute", .required, .name(.attribute), "The payees' attribute with the code of their currency",
      more: "Empty for the plan's currency."),
    PlanKey("table", .required, .name(.table), "The table of rates"),
    PlanKey("currency", .required, .name(.column), "Its column of codes"),
    PlanKey("date", .optional(nil), .name(.column), "Its column of days; none for rates of the plan"),
    PlanKey("at", .optional("day"), words(RateTable.At.self), "Which rate counts for a day"),
    PlanKey(
      "rate", .required, .name(.column), "Its column of rates: what one unit is worth in the plan's currency",
      more: "1,000.00 at 1.08 a euro is 925.93 EUR."),
    PlanKey(
      "day", .stated("always"), .words(["period-start", "period-end", "payment"]),
      "The rate of which day counts"),
    PlanKey(
      "mode", .optional("half-even"),
      .words(["half-even", "half-up", "half-down", "down", "up", "floor", "ceiling"]),
      "How the quotient is rounded to the digits of the payee's currency"),
  ]

  private static let step = [
    PlanKey(
      "kind", .required, .words(["cap", "draw", "clawback", "holdback", "carry"]), "What the step does"),
    PlanKey(
      "components", .optional("all that is left of the pay"), .names(.component),
      "The components whose earnings it looks at", more: "Their sum."),
    PlanKey(
      "amount", .optional(nil), .either([.number, .text]),
      "An amount a period, or an attribute of the payee",
      more: "Of the payee it is that of the period's last day.", example: "amount: payee.draw"),
    PlanKey(
      "per", .optional("period"), .words(["period", "quarter", "half", "year"]),
      "What a cap holds for: all that this window comes to so far"),
    PlanKey(
      "pays", .stated("of a draw"), .words(["top_up", "advance"]),
      "What a draw pays: what is missing, or all of it",
      more: "`top_up` pays what is missing up to the amount, `advance` pays all of it."),
    PlanKey(
      "recoverable", .stated("of a draw"), .boolean, "Whether a draw is taken back from later pay",
      more: "One that is not is a guarantee."),
    PlanKey("from", .optional(nil), .date, "A draw's first day: of periods that begin then or later"),
    PlanKey("to", .optional(nil), .date, "A draw's last day: of periods that begin then or before"),
    PlanKey("recover", .optional("all that pay can bear"), .keys(recover), "How what is owed is taken back"),
    PlanKey("table", .optional(nil), .name(.table), "A clawback's table of deals that fell through"),
    PlanKey("person", .optional(nil), .name(.column), "Its column of payees"),
    PlanKey(
      "date", .optional(nil), .name(.column), "Its column of days on which the deals fell through",
      more: "Each row counts in the period of this day."),
    PlanKey(
      "since", .optional("the line's own day"), .name(.column), "Its column of days of sale"),
    PlanKey(
      "paid", .optional(nil), .either([.name(.column), .keys(paid)]),
      "Its column of what was paid on the deals, or the components that paid on them",
      more: "A row below zero, as for a deal that is billed again, gives back."),
    PlanKey(
      "part", .optional("all of it"), .name(.column), "Its column of the share of the deal that fell through"),
    PlanKey(
      "back", .optional(nil), .name(.column), "Its column of days on which what was taken is given back"),
    PlanKey(
      "bands", .optional(nil), .list(.keys(band)), "Which share is owed, by the days since the sale",
      more:
        "The first that reaches as far as the days since the sale counts: `within: 90` holds on the 90th day.",
      example: "bands: [{within: 90, share: 100%}]"),
    PlanKey(
      "pro_rata", .optional(nil), .integer(1...36_600),
      "The days a sale must last; the part of them that is left is owed",
      more: "A deal of 365 that fell through after 30 days owes 335/365: 3,350.00 of 3,650.00."),
    PlanKey("share", .optional(nil), .share, "The share that is held back"),
    PlanKey(
      "release_after", .optional(nil), .integer(0...36_600),
      "How many days after the period's last day it is paid", more: "In the period that holds that day."),
    PlanKey("round", .optional("to the cent, half-even"), .keys(rounding), "How a share is rounded"),
  ]

  private static let recover = [
    PlanKey(
      "from", .optional(nil), .date, "Nothing is taken in periods that begin before",
      more: "A delayed recovery."),
    PlanKey(
      "after", .optional("at once"), .integer(0...36_600),
      "Each period's part is taken in periods that begin so many days after its last day"),
    PlanKey("max", .optional(nil), .number, "The most that is taken in a period"),
    PlanKey("share", .optional(nil), .share, "The most that is taken, as a share of what the step looks at"),
    PlanKey("floor", .optional("0"), .number, "Pay is not brought below this"),
  ]

  private static let band = [
    PlanKey("within", .required, .integer(0...36_600), "How many days after the sale the band reaches"),
    PlanKey("share", .required, .share, "The share of what was paid that is owed"),
  ]

  private static let paid = [
    PlanKey("row", .required, .name(.column), "The column of the clawback's table with the deal's id"),
    PlanKey("of", .required, .names(.component), "The components whose lines of the deal are taken back"),
    PlanKey("earlier", .optional(nil), .keys(earlier), "The lines of earlier runs"),
  ]

  private static let earlier = [
    PlanKey("table", .required, .name(.table), "The table of the lines", example: "table: earlier_lines"),
    PlanKey("person", .required, .name(.column), "Its column of payees"),
    PlanKey("row", .required, .name(.column), "Its column of deals"),
    PlanKey("date", .required, .name(.column), "Its column of days"),
    PlanKey("amount", .required, .name(.column), "Its column of what was earned"),
  ]
}
