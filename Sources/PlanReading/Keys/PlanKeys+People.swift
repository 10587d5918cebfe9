import Money
import PlanCalendar
import PlanModel

/// The keys of the payees, of what they are paid at target, and of who is in a plan.
extension PlanKeys {
  private static let fact = PlanKey(
    "has", .optional(nil), .pairs(.column, .text),
    "What a row must say, instead of `value`: true while one does, and rows may overlap",
    example: "has: {role: overlay}")

  private static let ownAttribute = PlanShape.either([.name(.column), .keys(dated + [fact])])

  static let people = [
    PlanKey("table", .required, .name(.table), "The table with one row a payee"),
    PlanKey(
      "id", .optional("the table's key"), .name(.column), "The column with the payee's id, which is the key",
      example: "id: id"),
    PlanKey(
      "name", .optional("the id"), attribute, "What statements show",
      more: "A column, or a dated attribute of another table, as all that follow."),
    PlanKey("team", .optional(nil), attribute, "The payee's team, for conditions and reports"),
    PlanKey("role", .optional(nil), attribute, "The payee's role, for conditions and reports"),
    PlanKey("manager", .optional(nil), attribute, "The id of the payee's manager; an empty cell for none"),
    PlanKey(
      "attributes", .optional(nil), .entries(.attribute, ownAttribute),
      "More that is known of payees, by name",
      more: "All columns of the table are there too: `payee.hired`."),
    PlanKey("pay", .optional(nil), .keys(pay), "What payees are paid at target: base, target incentive, OTE"),
  ]

  private static let pay = [
    PlanKey("base", .optional(nil), attribute, "The base pay, without incentives"),
    PlanKey("target", .optional(nil), attribute, "The incentive that is paid when all is reached"),
    PlanKey("ote", .optional(nil), attribute, "Both together: on-target earnings"),
    PlanKey("mix", .optional(nil), attribute, "The part of the OTE that is base", example: "mix: mix"),
    PlanKey(
      "per", .stated("always"), .words(["year", "period"]), "Whether amounts are of a year or a period"),
    PlanKey(
      "spread", .stated("with `per: year`"), words(PayMix.Spread.self),
      "How a period's part of the year's target is found", example: "spread: equal"),
  ]

  static let assigned = [
    PlanKey(
      "payees", .optional("everybody"), .condition,
      "Only people for whom this holds on a day are in the plan",
      example: "payees: payee.role == \"rep\""),
    PlanKey("from", .optional("the plan's first day"), .date, "The first day of this version of the plan"),
    PlanKey("to", .optional("the plan's last day"), .date, "Its last day"),
  ]
}
