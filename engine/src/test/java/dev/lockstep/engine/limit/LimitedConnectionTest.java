package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.engine.limit.Allowance.Per;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.MemorySystem;
import dev.lockstep.testkit.Samples;
import dev.lockstep.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedConnectionTest {
  private static final Dataset ACCOUNTS =
      Dataset.of("accounts", Schema.of(new Field("id", new Type.Int(), false)), "id");

  private final MemorySystem system = MemorySystem.fresh("crm").create(ACCOUNTS);
  @TempDir private Path folder;
  private Store store;
  private SystemGate gate;
  private LimitedConnection connection;

  @BeforeEach
  void open() throws InterruptedException {
    store = SqliteStore.open(folder.resolve("lockstep.db"), List.of(BudgetTables.MIGRATION));
    LimitSpec limits =
        new LimitSpec(
            Optional.of(new Allowance(8, new Per.Day(ZoneOffset.UTC))),
            OptionalDouble.empty(),
            OptionalInt.of(4),
            OptionalInt.of(10));
    system.limits(new Limits(OptionalInt.of(2), OptionalInt.of(5000), 500));
    SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    gate = SystemGate.open("crm", limits, store, clock);
    connection = new LimitedConnection(system.connect("lockstep"), gate, Priority.BACKGROUND);
    system.put("accounts", Samples.rows(ACCOUNTS, 25).toArray(new Row[0]));
  }

  @AfterEach
  void close() {
    connection.close();
    store.close();
    MemorySystem.drop("crm");
  }

  @Test
  void answersTheNarrowerLimits() {
    assertThat(connection.limits(ACCOUNTS.id()))
        .isEqualTo(new Limits(OptionalInt.of(2), OptionalInt.of(5000), 10));
  }

  @Test
  void countsPagesWritesAndLookups() throws InterruptedException {
    BulkReader reader = connection.bulkReader().orElseThrow();
    BulkReader.Request request =
        new BulkReader.Request(ACCOUNTS.id(), List.of(), Optional.empty(), 10);
    int rows = 0;
    try (Cursor<BulkReader.Page> pages =
        reader.read(reader.plan(request, 1).getFirst(), Optional.empty())) {
      assertThat(gate.status().used()).isZero();
      for (Optional<BulkReader.Page> page = pages.next(); page.isPresent(); page = pages.next()) {
        rows += page.get().rows().size();
      }
    }
    long pagesRead = gate.status().used();
    assertThat(rows).isEqualTo(25);
    assertThat(pagesRead).isEqualTo(4);

    connection.lookup().orElseThrow().find(ACCOUNTS.id(), List.of(Samples.key(ACCOUNTS, 1)));
    write(Samples.key(ACCOUNTS, 1));
    assertThat(gate.status().used()).isEqualTo(pagesRead + 2);
    assertThat(gate.status().inFlight()).isZero();
  }

  @Test
  void doesNotCountFollowingChanges() throws InterruptedException {
    ChangeReader reader = connection.changeReader().orElseThrow();
    ChangeReader.Subscription subscription =
        new ChangeReader.Subscription("s", List.of(ACCOUNTS.id()));
    try (ChangeReader.ChangeCursor cursor =
        reader.read(subscription, reader.subscribe(subscription))) {
      system.remove("accounts", Samples.key(ACCOUNTS, 3));
      assertThat(cursor.next(10, Duration.ofSeconds(30)).changes()).hasSize(1);
    }

    assertThat(gate.status().used()).isZero();
  }

  @Test
  void writesNothingOnceTheCallsAreUsedUp() throws InterruptedException {
    for (int i = 1; i <= 8; i++) {
      write(Samples.key(ACCOUNTS, i));
    }

    assertThatThrownBy(() -> write(Samples.key(ACCOUNTS, 20))).isInstanceOf(BudgetExhausted.class);
    assertThat(system.writes()).hasSize(8);
    assertThat(system.rows("accounts")).hasSize(17);
  }

  private void write(Key key) throws InterruptedException {
    Writer writer = connection.writer().orElseThrow();
    writer.write(
        new Writer.Batch(
            "b" + key,
            ACCOUNTS.id(),
            List.of("id"),
            Writer.Mode.UPSERT,
            List.of(new Writer.Mutation.Delete(key)),
            Optional.empty()));
  }
}
