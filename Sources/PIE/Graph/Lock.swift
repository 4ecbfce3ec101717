#if PIE_TSAN
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A value behind a lock; under ThreadSanitizer a `pthread_mutex_t`, whose calls the sanitizer understands.
    // SAFETY: `@unchecked` because of the pointers; the value is touched only between lock and unlock.
    @usableFromInline
    final class Lock<Value: ~Copyable>: @unchecked Sendable {
        private let mutex: UnsafeMutablePointer<pthread_mutex_t>
        private let value: UnsafeMutablePointer<Value>

        @usableFromInline
        init(_ value: consuming Value) {
            mutex = .allocate(capacity: 1)
            mutex.initialize(to: pthread_mutex_t())
            pthread_mutex_init(mutex, nil)
            self.value = .allocate(capacity: 1)
            self.value.initialize(to: value)
        }

        deinit {
            value.deinitialize(count: 1)
            value.deallocate()
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
        }

        @usableFromInline
        func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout Value) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value.pointee)
        }
    }
#else
    public import Synchronization

    /// A value behind a lock. The body runs no users' code and resumes nobody.
    // SAFETY: `@unchecked` because of the pointer; the value is touched only between lock and unlock. The mutex guards
    // nothing of its own so that bodies may return what is not `Sendable`: what leaves the lock is a copy.
    @usableFromInline
    final class Lock<Value: ~Copyable>: @unchecked Sendable {
        @usableFromInline let mutex = Mutex<Void>(())
        @usableFromInline let value: UnsafeMutablePointer<Value>

        @usableFromInline
        init(_ value: consuming Value) {
            self.value = .allocate(capacity: 1)
            self.value.initialize(to: value)
        }

        deinit {
            value.deinitialize(count: 1)
            value.deallocate()
        }

        @inlinable
        func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout Value) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            mutex._unsafeLock()
            defer { mutex._unsafeUnlock() }
            return try body(&value.pointee)
        }
    }
#endif
