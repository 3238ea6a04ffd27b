package dev.lockstep.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private final AtomicInteger fetched = new AtomicInteger();

  private static MappedPage mapped(Page page) {
    return new MappedPage(List.of(), PageNotes.NONE, page.resumeAfter());
  }

  private static Page page(int number) {
    return new Page(List.of(), List.of(), new Position("after " + number));
  }

  /** Pages up to a number, then what comes after them. */
  private abstract class Pages implements Cursor<Page> {
    private final int last;

    Pages(int last) {
      this.last = last;
    }

    abstract Optional<Page> after() throws InterruptedException;

    @Override
    public Optional<Page> next() throws InterruptedException {
      return fetched.get() == last ? after() : Optional.of(page(fetched.incrementAndGet()));
    }

    @Override
    public void close() {}
  }

  private final class Ending extends Pages {
    Ending(int last) {
      super(last);
    }

    @Override
    Optional<Page> after() {
      return Optional.empty();
    }
  }

  private final class Failing extends Pages {
    Failing(int last) {
      super(last);
    }

    @Override
    Optional<Page> after() {
      throw new ConnectorException(new Failure.Permanent("the table is gone"));
    }
  }

  private static final class Hanging implements Cursor<Page> {
    final CountDownLatch reading = new CountDownLatch(1);
    volatile boolean left;

    @Override
    public Optional<Page> next() throws InterruptedException {
      reading.countDown();
      try {
        Thread.sleep(Long.MAX_VALUE);
        return Optional.empty();
      } finally {
        left = true;
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void givesEveryPageInOrderAndThenTheEnd() throws InterruptedException {
    List<String> places = new ArrayList<>();
    try (ReadAhead<MappedPage> ahead = new ReadAhead<>(new Ending(50), ReadAheadTest::mapped)) {
      for (var page = ahead.next(); page.isPresent(); page = ahead.next()) {
        places.add(page.get().resumeAfter().token());
      }
    }
    assertThat(places).hasSize(50).startsWith("after 1", "after 2").endsWith("after 50");
  }

  @Test
  void holdsOnePageAndNoMore() throws InterruptedException {
    try (ReadAhead<MappedPage> ahead = new ReadAhead<>(new Ending(50), ReadAheadTest::mapped)) {
      for (int taken = 0; taken < 50; taken++) {
        while (fetched.get() == taken) {
          Thread.onSpinWait();
        }
        Thread.sleep(1);
        assertThat(fetched).hasValue(taken + 1);
        assertThat(ahead.next()).isPresent();
      }
    }
  }

  @Test
  void aFailureComesAfterThePagesReadBeforeIt() throws InterruptedException {
    try (ReadAhead<MappedPage> ahead = new ReadAhead<>(new Failing(2), ReadAheadTest::mapped)) {
      assertThat(ahead.next()).isPresent();
      assertThat(ahead.next()).isPresent();
      assertThatThrownBy(ahead::next).hasMessageContaining("the table is gone");
    }
  }

  @Test
  void returnsFromCloseOnlyWhenTheCursorIsFree() throws InterruptedException {
    Hanging cursor = new Hanging();
    ReadAhead<MappedPage> ahead = new ReadAhead<>(cursor, ReadAheadTest::mapped);
    cursor.reading.await();
    assertThat(cursor.left).isFalse();
    ahead.close();
    assertThat(cursor.left).isTrue();
  }

  @Test
  void anInterruptedCallerIsStillInterruptedAfterClose() throws InterruptedException {
    Hanging cursor = new Hanging();
    ReadAhead<MappedPage> ahead = new ReadAhead<>(cursor, ReadAheadTest::mapped);
    cursor.reading.await();
    Thread.currentThread().interrupt();
    ahead.close();
    assertThat(cursor.left).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }
}
