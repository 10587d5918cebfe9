import Foundation
import JSONCore
import ModuleHost
import ModuleProtocol
import Synchronization
import TestSupport
import Testing

/// The processes of one module.
///
/// The module of the tests pays each line its process's id.
@Suite struct ModuleCrewTests {
  private func crew(size: Int) throws -> ModuleCrew {
    let manifest = try ModuleManifest.read(folder: Project.path("Tests/Support/Modules/misbehaving"))
    let crew = ModuleCrew(try #require(manifest), deadlines: .init(start: 10, call: 20), size: size)
    let terms: JSONValue = [
      "component": "c", "config": ["mode": "process-id"], "currency": "USD", "places": 2,
    ]
    guard case .accepted = try crew.configure("c", terms) else {
      throw CocoaError(.featureUnsupported)
    }
    return crew
  }

  private func answer(_ crew: ModuleCrew, lines: Int = 1) throws -> Int64 {
    let earnings = try crew.calculate("c", Batch(lines: Frame(count: lines), periods: Frame(count: 0)))
    guard case .decimal(let cells, _)? = earnings.lines["earned"]?.values else { return 0 }
    #expect(cells.count == lines)
    return try #require(cells.first)
  }

  /// The processes that answered to so many calls made at once.
  private func answering(_ crew: ModuleCrew, calls: Int, lines: Int) -> Set<Int64> {
    let found = Mutex<Set<Int64>>([])
    DispatchQueue.concurrentPerform(iterations: calls) { _ in
      guard let process = try? answer(crew, lines: lines) else { return }
      found.withLock { _ = $0.insert(process) }
    }
    return found.withLock { $0 }
  }

  @Test("large batches from several threads are spread over the processes, small ones start no second one")
  func spreading() throws {
    let crew = try crew(size: 2)
    #expect(answering(crew, calls: 8, lines: 3).count == 1)
    let processes = answering(crew, calls: 24, lines: 5000)
    #expect(processes.count == min(2, ProcessInfo.processInfo.activeProcessorCount))
  }

  @Test("a process outlives the thread that first asked for it")
  func shortLivedThread() throws {
    let crew = try crew(size: 1)
    let first = Mutex<Int64>(0)
    let thread = Thread { first.withLock { $0 = (try? answer(crew)) ?? 0 } }
    thread.start()
    while !thread.isFinished { usleep(1000) }
    usleep(50_000)
    #expect(try answer(crew) == first.withLock { $0 })
  }

  @Test("a process that was killed is replaced, and the fresh one is handed the terms")
  func killed() throws {
    let crew = try crew(size: 1)
    let first = try answer(crew)
    kill(pid_t(first), SIGKILL)
    #expect(try answer(crew) != first)
  }
}
