import Parallelism
import Testing

@Suite struct ParallelTests {
  @Test("results come back in order, whoever makes them")
  func order() {
    #expect(Parallel.map(1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
    #expect(Parallel.map(0) { $0 }.isEmpty)
  }

  @Test(
    "an array filled in parts from all cores is the array filled at once", arguments: [0, 1, 17, 3_000_000])
  func filling(count: Int) {
    let parts = Parallel.stretches(count, size: 1000)
    let array = [Int64](count: count) { places in
      Parallel.forEach(parts.count) { index in
        places.fill(parts[index]) { cells in
          for place in parts[index] { cells[place - parts[index].lowerBound] = Int64(place) * 3 }
        }
      }
    }
    #expect(array.count == count)
    #expect(array.indices.allSatisfy { array[$0] == Int64($0) * 3 })
  }

  @Test("stretches cover everything once", arguments: [(0, 4), (3, 4), (8, 4), (9, 4)])
  func stretches(count: Int, size: Int) {
    #expect(Parallel.stretches(count, size: size).flatMap { Array($0) } == Array(0..<count))
  }
}
