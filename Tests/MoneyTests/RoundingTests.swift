import Money
import Testing

@Suite struct RoundingTests {
  // The table of java.math.RoundingMode's documentation, in tenths.
  static let table: [(Int128, [RoundingMode: Int128])] = [
    (55, [.up: 6, .down: 5, .ceiling: 6, .floor: 5, .halfUp: 6, .halfDown: 5, .halfEven: 6]),
    (25, [.up: 3, .down: 2, .ceiling: 3, .floor: 2, .halfUp: 3, .halfDown: 2, .halfEven: 2]),
    (16, [.up: 2, .down: 1, .ceiling: 2, .floor: 1, .halfUp: 2, .halfDown: 2, .halfEven: 2]),
    (11, [.up: 2, .down: 1, .ceiling: 2, .floor: 1, .halfUp: 1, .halfDown: 1, .halfEven: 1]),
    (10, [.up: 1, .down: 1, .ceiling: 1, .floor: 1, .halfUp: 1, .halfDown: 1, .halfEven: 1]),
    (-10, [.up: -1, .down: -1, .ceiling: -1, .floor: -1, .halfUp: -1, .halfDown: -1, .halfEven: -1]),
    (-11, [.up: -2, .down: -1, .ceiling: -1, .floor: -2, .halfUp: -1, .halfDown: -1, .halfEven: -1]),
    (-16, [.up: -2, .down: -1, .ceiling: -1, .floor: -2, .halfUp: -2, .halfDown: -2, .halfEven: -2]),
    (-25, [.up: -3, .down: -2, .ceiling: -2, .floor: -3, .halfUp: -3, .halfDown: -2, .halfEven: -2]),
    (-55, [.up: -6, .down: -5, .ceiling: -5, .floor: -6, .halfUp: -6, .halfDown: -5, .halfEven: -6]),
  ]

  @Test("every mode rounds as the published table says", arguments: table.indices)
  func modes(row: Int) {
    let (tenths, expected) = Self.table[row]
    for mode in RoundingMode.allCases {
      #expect(mode.quotient(tenths, 10) == expected[mode], "\(mode) of \(tenths)/10")
    }
  }

  @Test("the symmetric modes give back for a return what the sale gave")
  func symmetry() {
    for mode in RoundingMode.allCases where mode != .floor && mode != .ceiling {
      for tenths in 0..<200 {
        #expect(mode.quotient(Int128(-tenths), 7) == -mode.quotient(Int128(tenths), 7))
      }
    }
  }
}
