package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Function;

/**
 * Reads and maps the next page while the one before it is delivered, so that the source, this
 * process and the target work at the same time.
 *
 * <p>Invariant 8: it holds one page at most, the one it offers; the next is fetched once that one
 * is taken. For one consumer.
 */
final class ReadAhead<T> implements AutoCloseable {
  private final SynchronousQueue<Next<T>> next = new SynchronousQueue<>();
  private final Cursor<Page> pages;
  private final Function<Page, T> map;
  private final Thread thread;

  private sealed interface Next<T> {
    record Mapped<T>(T page) implements Next<T> {}

    record End<T>() implements Next<T> {}

    record Failed<T>(Throwable failure) implements Next<T> {}
  }

  /** Starts to read. The cursor is this reader's alone until it is closed, and stays open then. */
  ReadAhead(Cursor<Page> pages, Function<Page, T> map) {
    this.pages = pages;
    this.map = map;
    this.thread = Thread.ofPlatform().daemon().name("read-ahead").start(this::read);
  }

  private void read() {
    try {
      boolean more = true;
      while (more) {
        Next<T> found = fetch();
        next.put(found);
        more = found instanceof Next.Mapped<T>;
      }
    } catch (InterruptedException e) {
      // Closed: nobody wants what was read.
      return;
    }
  }

  private Next<T> fetch() throws InterruptedException {
    try {
      Optional<Page> page = pages.next();
      return page.isPresent() ? new Next.Mapped<>(map.apply(page.get())) : new Next.End<>();
    } catch (RuntimeException | Error e) {
      return new Next.Failed<>(e);
    }
  }

  /** The next page, empty at the end. Throws what reading or mapping it threw. */
  Optional<T> next() throws InterruptedException {
    return switch (next.take()) {
      case Next.Mapped<T>(T page) -> Optional.of(page);
      case Next.End<T>() -> Optional.empty();
      case Next.Failed<T>(RuntimeException failure) -> throw failure;
      case Next.Failed<T>(Error failure) -> throw failure;
      case Next.Failed<T>(Throwable failure) -> throw new IllegalStateException(failure);
    };
  }

  /** Stops reading, and returns when the cursor is in use no longer. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // The cursor must not be closed under its reader; whoever interrupts is answered after.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
