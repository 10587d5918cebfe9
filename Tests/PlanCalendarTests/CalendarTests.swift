import PlanCalendar
import Testing

@Suite struct CalendarTests {
  @Test(
    "days since 1970 are those of the Unix epoch",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2026-11-24", 20781),
      ("0001-01-01", -719_162),
    ])
  func epoch(text: String, day: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect(Int(date.day) == day)
    #expect(date.description == text)
  }

  @Test(
    "days that do not exist are refused",
    arguments: [
      "2026-02-29", "1900-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-04-31", "2026/04/01",
    ])
  func refused(text: String) { #expect(CalendarDate(text) == nil) }

  @Test("every day of 400 years goes to civil and back")
  func roundTrip() {
    for day in Int32(-10_000)..<136_097 {
      let (year, month, dayOfMonth) = CalendarDate(day: day).civil
      #expect(CalendarDate(year: year, month: month, dayOfMonth: dayOfMonth)?.day == day)
    }
  }

  @Test("a fiscal year that begins in April has its own quarters, named by the year in which it ends")
  func fiscalQuarters() throws {
    let calendar = PlanCalendar(
      grain: .quarter, from: try #require(CalendarDate("2026-04-01")),
      to: try #require(CalendarDate("2027-04-01")),
      fiscalYearStart: 4)
    #expect(calendar.periods.map(\.label) == ["FY2027-Q1", "FY2027-Q2", "FY2027-Q3", "FY2027-Q4"])
    #expect(calendar.windows(.half) == [0, 0, 1, 1])
    #expect(calendar.windows(nil) == [0, 1, 2, 3])
    #expect(calendar.index(of: try #require(CalendarDate("2026-06-30"))) == 0)
    #expect(calendar.index(of: try #require(CalendarDate("2026-07-01"))) == 1)
    #expect(calendar.index(of: try #require(CalendarDate("2026-03-31"))) == nil)
    #expect(calendar.index(of: try #require(CalendarDate("2027-04-01"))) == nil)
  }

  @Test("the retail calendar of fiscal 2023 has the published months, the last of five weeks")
  func retail() throws {
    let start = try #require(CalendarDate("2023-01-29"))
    let years = WeekYears(
      pattern: .fourFiveFour, years: [WeekYears.Year(label: "FY2023", start: start, weeks: 53)])
    let months = PlanCalendar(grain: .month, weekYears: years)
    // National Retail Federation, 4-5-4 calendar of 2023.
    #expect(
      months.periods.map(\.start.description) == [
        "2023-01-29", "2023-02-26", "2023-04-02", "2023-04-30", "2023-05-28", "2023-07-02", "2023-07-30",
        "2023-08-27", "2023-10-01", "2023-10-29", "2023-11-26", "2023-12-31",
      ])
    #expect(months.periods.last?.end.description == "2024-02-04")
    #expect(months.windows(.quarter) == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    #expect(months.period(cutBy: .quarter) == nil)
    let weeks = PlanCalendar(grain: .week, weekYears: years)
    #expect(weeks.periods.count == 53)
    #expect(weeks.periods.last?.label == "FY2023-W53")
    #expect(weeks.windows(.month).last == 11)
  }

  @Test("payment days go to the workday before or after, or stay")
  func payment() throws {
    let january = Period(
      label: "2026-01", start: try #require(CalendarDate("2026-01-01")),
      end: try #require(CalendarDate("2026-02-01")))
    func day(_ rule: PaymentDay.Rule, _ weekends: PaymentDay.Weekends, off: String...) -> String {
      PaymentDay(rule, weekends: weekends, holidays: Set(off.compactMap { CalendarDate($0) }))
        .day(of: january).description
    }
    // 2026-02-15 is a Sunday, 2026-02-16 Washington's Birthday.
    #expect(day(.dayOfMonth(15, monthsAfter: 1), .stay) == "2026-02-15")
    #expect(day(.dayOfMonth(15, monthsAfter: 1), .before) == "2026-02-13")
    #expect(day(.dayOfMonth(15, monthsAfter: 1), .after, off: "2026-02-16") == "2026-02-17")
    #expect(day(.dayOfMonth(31, monthsAfter: 1), .stay) == "2026-02-28")
    #expect(day(.daysAfter(30), .stay) == "2026-03-02")
  }
}
