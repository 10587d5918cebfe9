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
}
