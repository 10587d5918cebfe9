/// The keys of the columns that result files have.
extension PlanKeys {
  private static let outputColumns = PlanShape.entries(.heading, .either([.figure, .keys(shown)]))

  private static let shown = [
    PlanKey("value", .required, .figure, "The figure that is shown"),
    PlanKey("round", .optional("as it is"), .keys(rounding), "Rounds the figure for show"),
  ]

  static let outputs = [
    PlanKey(
      "statements", .optional("the usual columns"),
      .keys([
        PlanKey(
          "columns", .optional("the usual ones"), outputColumns, "Headings, and the figure below each",
          example: "columns: {Payee: payee, Pay: total}")
      ]), "The file with a row a payee and period"),
    PlanKey(
      "lines", .optional("the usual columns"),
      .keys([
        PlanKey(
          "columns", .optional("the usual ones"), outputColumns, "Headings, and the figure below each",
          example: "columns: {Deal: transaction, Pay: total}"),
        PlanKey("credits", .optional("all"), .names(.rule), "The rules whose lines are written"),
      ]), "The file with a row a credited line"),
  ]
}
