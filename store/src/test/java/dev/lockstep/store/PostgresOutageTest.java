package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.CrashablePostgres;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL of the server beneath a store that is written: what was acknowledged is there, what was
 * refused is not, and work goes on when the server is back.
 */
class PostgresOutageTest {
  private static final int WRITERS = 8;
  private static final int WRITTEN_BETWEEN = 200;

  /** How often; more by {@code -Dlockstep.test.kills=50}. */
  private static final int KILLS = Integer.getInteger("lockstep.test.kills", 3);

  private static final int VERSION = Integer.getInteger("lockstep.test.postgres", 18);

  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> refused = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Semaphore written = new Semaphore(0);

  @Test
  void nothingIsLostOrDoneHalfWhenTheServerIsKilled() throws Exception {
    CrashablePostgres server = CrashablePostgres.start(VERSION, Map.of());
    PostgresPlace place = new PostgresPlace(server.url(), server.user(), "", "lockstep");
    try (PostgresStore store = PostgresStores.open(place)) {
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          writers.add(callers.submit(() -> write(store)));
        }
        for (int kill = 1; kill <= KILLS; kill++) {
          await();
          server.kill();
          server.restart();
        }
        await();
        ended.set(true);
        for (Future<Boolean> writer : writers) {
          assertThat(writer.get()).isTrue();
        }
      } finally {
        ended.set(true);
      }
      agrees(store);
    } finally {
      server.kill();
    }
  }

  /** Far longer than the server is away. */
  private void await() throws InterruptedException {
    assertThat(written.tryAcquire(WRITTEN_BETWEEN, 2, TimeUnit.MINUTES)).isTrue();
  }

  private boolean write(PostgresStore store) throws InterruptedException {
    while (!ended.get()) {
      long n = next.getAndAdd(1) * 2;
      try {
        store.write(tx -> {
          tx.update("insert into number(n) values (?)", n);
          return tx.update("insert into number(n) values (?)", n + 1);
        });
        acknowledged.add(n);
        written.release();
      } catch (StoreException away) {
        refused.put(n, String.valueOf(away.getMessage()));
      }
    }
    return true;
  }

  private void agrees(PostgresStore store) throws InterruptedException {
    List<Long> rows = store.read(tx -> tx.list("select n from number", row -> row.integer(1)));
    Set<Long> kept = new HashSet<>(rows);
    assertThat(kept).containsAll(acknowledged).allMatch(n -> kept.contains(n ^ 1));
    // The server came back each time, so every outcome could be asked for.
    assertThat(refused.values()).allMatch(reason -> !reason.contains("is unknown"));
    assertThat(refused.keySet()).noneMatch(kept::contains);
    assertThat(kept).hasSize(acknowledged.size() * 2);
  }
}
