import Expressions
import Testing

/// Functions beyond CEL's own cases, by the examples of its strings and math extensions, and our own of days.
@Suite struct FunctionTests {
  @Test(
    "functions compute what their references say",
    arguments: [
      "'hello mellow'.charAt(4) == 'o'", "'tacocat'.charAt(7) == ''", "'hello mellow'.indexOf('') == 0",
      "'hello mellow'.indexOf('ello') == 1", "'hello mellow'.indexOf('jello') == -1",
      "'hello mellow'.indexOf('', 2) == 2", "'hello mellow'.indexOf('ello', 2) == 7",
      "['hello', 'mellow'].join() == 'hellomellow'", "['hello', 'mellow'].join(' ') == 'hello mellow'",
      "[].join('/') == ''", "'hello mellow'.lastIndexOf('') == 12", "'hello mellow'.lastIndexOf('ello') == 7",
      "'hello mellow'.lastIndexOf('jello') == -1", "'hello mellow'.lastIndexOf('ello', 6) == 1",
      "'TacoCat'.lowerAscii() == 'tacocat'", "'TacoCÆt Xii'.lowerAscii() == 'tacocÆt xii'",
      "'TacoCÆt Xii'.upperAscii() == 'TACOCÆT XII'", "'hello hello'.replace('he', 'we') == 'wello wello'",
      "'hello hello'.replace('he', 'we', -1) == 'wello wello'",
      "'hello hello'.replace('he', 'we', 1) == 'wello hello'",
      "'hello hello'.replace('he', 'we', 0) == 'hello hello'",
      "'hello hello'.replace('', '_') == '_h_e_l_l_o_ _h_e_l_l_o_'",
      "'hello hello hello'.split(' ') == ['hello', 'hello', 'hello']",
      "'hello hello hello'.split(' ', 0) == []",
      "'hello hello hello'.split(' ', 1) == ['hello hello hello']",
      "'hello hello hello'.split(' ', 2) == ['hello', 'hello hello']",
      "'hello hello hello'.split(' ', -1) == ['hello', 'hello', 'hello']",
      "'abc'.split('') == ['a', 'b', 'c']",
      "'tacocat'.substring(4) == 'cat'", "'tacocat'.substring(0, 4) == 'taco'",
      "'  \\ttrim\\n    '.trim() == 'trim'", "'gums'.reverse() == 'smug'",
      "'John Smith'.reverse() == 'htimS nhoJ'",
      "strings.quote('single-quote with \"double quote\"') == '\"single-quote with \\\\\"double quote\\\\\"\"'",
      "math.greatest(1) == 1", "math.greatest([1, 3.5, 2]) == 3.5", "math.least(-10, -2.0, 3) == -10",
      "math.ceil(1.2) == 2.0", "math.ceil(-1.2) == -1.0", "math.floor(-1.2) == -2.0",
      "math.round(1.5) == 2.0",
      "math.round(-1.5) == -2.0", "math.round(1.2) == 1.0", "math.trunc(-1.3) == -1.0", "math.abs(-1) == 1",
      "math.sign(-42) == -1", "math.sign(0.0) == 0.0", "math.bitAnd(3u, 2u) == 2u", "math.bitOr(-2, 1) == -1",
      "math.bitXor(3, 5) == 6", "math.bitNot(0) == -1", "math.bitShiftLeft(1, 2) == 4",
      "math.bitShiftLeft(1, 200) == 0", "math.bitShiftRight(-1024, 3) == 2305843009213693824",
      "math.round(2.345, 2, 'half-even') == 2.34", "math.round(2.345, 2, 'half-up') == 2.35",
      "math.round(1250, -2, 'half-even') == 1200", "math.round(10.0 / 3, 4) == 3.3333", "1.0 / 3 < 0.334",
      "1.0 / 3 * 3 == 1.0", "7 / 2 == 3", "7.0 / 2 == 3.5", "7.5 % 2 == 1.5", "-7.5 % 2 == -1.5",
      "2.0 / 3 + 1.0 / 3 == 1", "1.0 / 3 > 1.0 / 4", "decimal('12.50') == 12.5", "int(12.9) == 12",
      "date('2026-01-31').addMonths(1) == date('2026-02-28')",
      "date('2024-02-29').addYears(1) == date('2025-02-28')",
      "date('2026-03-31').addMonths(-1) == date('2026-02-28')",
      "date('2026-01-31').addDays(1) == date(2026, 2, 1)",
      "date('2026-01-31').monthsUntil(date('2026-02-28')) == 1",
      "date('2026-01-31').monthsUntil(date('2026-02-27')) == 0",
      "date('2026-03-15').monthsUntil(date('2026-01-15')) == -2",
      "date('2026-01-01').daysUntil(date('2027-01-01')) == 365",
      "date('2026-11-25').quarter() == 4", "date('2026-11-25').getDayOfWeek() == 3",
      "date('2026-11-25').year() == 2026",
      "date('2026-11-25').day() == 25", "timestamp(date('2026-11-25')) == timestamp('2026-11-25T00:00:00Z')",
      "date(timestamp('2026-11-25T23:30:00-02:00')) == date('2026-11-26')",
      "date('2026-03-01') - date('2026-02-01') == duration('672h')", "duration('1h30m') == duration('90m')",
      "string(duration('1.5s')) == '1.5s'", "'e\\u0301'.startsWith('e')", "'e\\u0301' != '\\u00e9'",
      "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]", "{'a': 1, 'b': 2}.filter(k, k != 'a') == ['b']",
      "has({'a': 1}.a) && !has({'a': 1}.b)", "'a' in {'a': 1}", "{1: 'x'}[1.0] == 'x'", "[[1]] == [[1.0]]",
      "0x1F == 31 && 0xFFu == 255u", "1e3 == 1000 && .5 == 0.5 && 1.5e-3 == 0.0015",
      "b'a\\xff' + b'b' == b'a\\377b'",
      "r'\\d' == '\\\\d'", "\"\"\"a\"b\"\"\" == 'a\"b'", "1 == 1 // to the end of the line",
    ])
  func functions(text: String) throws {
    let outcome = ExpressionChecker.check(
      try ExpressionParser.parse(text), text: text, scope: ExpressionScope(columns: [:]), wanted: .boolean)
    #expect(outcome.faults.isEmpty)
    #expect(try ColumnEvaluator(outcome.expression, rowCount: 1) { _ in nil }.mask() == [true])
  }
}
