import Testing

@testable import Engine

@Suite struct StableOrderTests {
  @Test("counting into place orders as comparing does, and keeps ties", arguments: [0, 1, 2, 100, 5000])
  func sameAsSort(count: Int) {
    // Numbers that look random, from a fixed start.
    var state: UInt64 = 42
    func next(_ bound: UInt64) -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(truncatingIfNeeded: (state >> 33) % bound) - 1
    }
    let minor = (0..<count).map { _ in next(50) }
    let middle = (0..<count).map { _ in next(3_000_000) }
    let major = (0..<count).map { _ in next(7) == 0 ? Int32.max - 1 : next(20_000) }
    var order = StableOrder(count: count)
    for key in [minor, middle, major] { order.sort(by: key) }
    let expected = (0..<count).sorted {
      (major[$0], middle[$0], minor[$0], $0) < (major[$1], middle[$1], minor[$1], $1)
    }
    #expect(order.rows == expected.map { Int32($0) })
  }
}
