import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// The rates by which rows of quotas are converted to the plan's currency.
///
/// Worked number: a quota of 10,000.00 EUR at the plan's rate of 1.08 is 10,800.00 USD, rounded once, half-even, to the
/// digits of the quotas.
struct QuotaConverting {
  private let conversion: QuotaConversion
  private let rates: DayRates
  private let table: Table
  private let calendar: PlanCalendar

  /// The rates; nil where quotas are all in the plan's currency.
  init?(_ quota: Quota, _ table: Table, _ plan: Plan, _ context: RunData, _ rejected: inout [RejectedRow]) {
    guard let conversion = quota.conversion, let source = context.tables[conversion.rates.table],
      let currencies = table[conversion.currency],
      let rates = DayRates(
        conversion.rates, rates: source, currencies: currencies, planCurrency: plan.currency.code,
        days: context.periodOfDay.days, rejected: &rejected)
    else { return nil }
    (self.conversion, self.rates, self.table, calendar) = (conversion, rates, table, plan.calendar)
  }

  /// How much of the plan's currency one unit of a row's is worth; nil where no rate is known.
  func rate(of row: Int, in period: Int) -> ExactDecimal? {
    rates.rate(row: row, day: day(period).day).map {
      ExactDecimal(coefficient: Int128($0), scale: rates.places)
    }
  }

  /// The row with the reason why it counts for nothing.
  func rejection(of row: Int, in period: Int) -> RejectedRow {
    let currency = table[conversion.currency]?.display(row) ?? ""
    let time = conversion.rates.time(day(period).description)
    let isRejected = rates.isRejected(row: row, day: day(period).day)
    return RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: conversion.currency,
      code: .noRate,
      message: isRejected
        ? "the rate of \(currency) \(time) was rejected" : "there is no rate of \(currency) \(time)",
      help: "\(isRejected ? "mend it in" : "add it to") table `\(conversion.rates.table)`")
  }

  private func day(_ period: Int) -> CalendarDate {
    switch conversion.day {
    case .periodStart: calendar.periods[period].start
    case .periodEnd: calendar.periods[period].lastDay
    }
  }
}
