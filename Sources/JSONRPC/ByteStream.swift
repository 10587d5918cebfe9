import Glibc

/// Reads and writes descriptors whole, through interruptions.
enum ByteStream {
  /// What has come, at least one byte; empty at the end of the stream or when it broke.
  static func read(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var result: Int
      repeat {
        result = Glibc.read(descriptor, buffer.baseAddress, 1 << 16)
      } while result < 0 && errno == EINTR
      count = max(0, result)
    }
  }

  /// The place of a byte from `start` on.
  static func firstIndex(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return base.distance(to: UnsafeRawPointer(found))
    }
  }

  /// Writes all bytes; false once the reader has gone.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        start += count
      }
      return true
    }
  }
}

/// A thread that nothing waits for.
package enum BackgroundThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  package static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let result = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if result == 0 { pthread_detach(thread) } else { work.release() }
  }
}
