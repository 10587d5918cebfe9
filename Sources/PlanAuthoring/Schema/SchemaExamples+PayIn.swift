extension SchemaExamples {
  /// People who are paid in other currencies than the plan's.
  static let payIn = """
    plan: Paid elsewhere
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-12-31}
    data:
      people:
        csv: |
          id,currency
        key: id
        columns: {id: text, currency: text}
      rates:
        csv: |
          currency,date,rate
        columns: {currency: text, date: date, rate: {type: decimal, places: 4}}
      deals:
        csv: |
          id,date,owner,amount
        key: id
        columns: {id: text, date: date, owner: text, amount: money}
    people: {table: people, attributes: {currency: currency}}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    components:
      commission: {module: commission, credits: own}
    settle:
      pay_in:
        attribute: currency
        table: rates
        currency: currency
        date: date
        rate: rate
        at: latest
        day: payment
        mode: half-up
      steps:
        rest: {kind: carry}
    """
}
