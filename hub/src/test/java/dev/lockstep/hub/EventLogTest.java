package dev.lockstep.hub;

import static dev.lockstep.hub.HubFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final Subscription FIRST =
      new Subscription("first", List.of(new DatasetId("distributors")));
  private static final Subscription SECOND =
      new Subscription("second", List.of(new DatasetId("distributors")));

  @TempDir Path folder;
  private HubFixture fixture;
  private ChangeReader reader;

  @BeforeEach
  void open() throws InterruptedException {
    fixture = HubFixture.in(folder);
    reader = new HubConnection(fixture.hub(), "lockstep").changeReader().orElseThrow();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void create(String... codes) throws InterruptedException {
    List<Edit> edits =
        List.of(codes).stream()
            .<Edit>map(code -> new Edit.Create(draft(code, "businessName", code)))
            .toList();
    fixture.hub().apply("distributors", edits, Author.user("someone"));
  }

  @Test
  void eventsAreKeptUntilAllHaveReadThemAndTheyAreOld() throws InterruptedException {
    Position start = reader.subscribe(FIRST);
    reader.subscribe(SECOND);
    create("a", "b", "c");
    ChangeCursor first = reader.read(FIRST, start);
    ChangeCursor second = reader.read(SECOND, start);
    Position end = first.next(10, Duration.ZERO).resumeAfter();

    first.acknowledge(end);
    fixture.pass(Duration.ofHours(2));
    assertThat(fixture.hub().trim()).isZero();
    second.acknowledge(second.next(2, Duration.ZERO).resumeAfter());
    assertThat(fixture.hub().trim()).isEqualTo(2);
    second.acknowledge(second.next(10, Duration.ZERO).resumeAfter());
    create("d");
    assertThat(fixture.hub().trim()).isEqualTo(1);
    assertThat(fixture.hub().trim()).isZero();

    assertThat(first.next(10, Duration.ZERO).changes()).hasSize(1);
    assertThatThrownBy(() -> reader.read(FIRST, start))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            lost -> {
              assertThat(lost.failure()).isInstanceOf(Failure.PositionLost.class);
              assertThat(lost).hasMessageContaining("--full");
            });
  }

  @Test
  void aTransactionIsOneCallAndItsEndIsMarked() throws InterruptedException {
    Position start = reader.subscribe(FIRST);
    create("a", "b", "c");
    create("d");
    try (ChangeCursor cursor = reader.read(FIRST, start)) {
      ChangeBatch part = cursor.next(2, Duration.ZERO);
      ChangeBatch rest = cursor.next(1, Duration.ZERO);
      ChangeBatch other = cursor.next(10, Duration.ZERO);

      assertThat(part.endsTransaction()).isFalse();
      assertThat(rest.endsTransaction()).isTrue();
      assertThat(other.endsTransaction()).isTrue();
      assertThat(rest.changes().getFirst().mark().transaction())
          .isEqualTo(part.changes().getFirst().mark().transaction())
          .isNotEqualTo(other.changes().getFirst().mark().transaction());
      assertThat(other.changes().getFirst().mark().origin()).isEmpty();
    }
  }

  @Test
  void changesCarryTheRecordBefore() throws InterruptedException {
    Position start = reader.subscribe(FIRST);
    create("a");
    EntryRef code = new EntryRef.Code("a");
    fixture
        .hub()
        .patch("distributors", code, draft(null, "email", "a@x"), Match.ANY, Author.UNKNOWN);
    fixture.hub().delete("distributors", code, Match.ANY, Author.UNKNOWN);
    try (ChangeCursor cursor = reader.read(FIRST, start)) {
      List<Change> changes = cursor.next(10, Duration.ZERO).changes();

      Change.Upserted added = (Change.Upserted) changes.get(0);
      Change.Upserted changed = (Change.Upserted) changes.get(1);
      Change.Deleted deleted = (Change.Deleted) changes.get(2);
      assertThat(added.before()).isEmpty();
      assertThat(changed.before()).contains(added.row());
      assertThat(deleted.before()).contains(changed.row());
      assertThat(changed.mark().version()).contains("2");
    }
  }

  @Test
  void aCommitWakesAWaitingReader() throws Exception {
    Position start = reader.subscribe(FIRST);
    CompletableFuture<ChangeBatch> woken = new CompletableFuture<>();
    Thread waiting =
        Thread.startVirtualThread(() -> {
          try (ChangeCursor cursor = reader.read(FIRST, start)) {
            woken.complete(cursor.next(10, Duration.ofHours(1)));
          } catch (InterruptedException | RuntimeException e) {
            woken.completeExceptionally(e);
          }
        });
    create("a");

    assertThat(woken.get(Await.LONGEST.toSeconds(), TimeUnit.SECONDS).changes()).hasSize(1);
    waiting.join();
  }

  @Test
  void aPositionOfAnotherStoreIsLost() throws InterruptedException {
    Position start = reader.subscribe(FIRST);
    create("a");
    Position foreign = new Position(start.token().replaceAll("[0-9a-f]{16}", "0123456789abcdef"));
    Position ahead = new Position(start.token().replaceAll("\\d+$", "999999"));

    for (Position wrong : List.of(foreign, ahead)) {
      assertThatThrownBy(() -> reader.read(FIRST, wrong))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              lost -> assertThat(lost.failure()).isInstanceOf(Failure.PositionLost.class));
    }
  }

  @Test
  void numbersAreNotGivenTwiceAfterEverythingWasTrimmed() throws InterruptedException {
    create("a", "b");
    fixture.pass(Duration.ofHours(2));
    assertThat(fixture.hub().trim()).isEqualTo(2);
    long last = fixture.hub().log().last();
    fixture.close();
    fixture = HubFixture.in(folder);

    create("c");
    assertThat(fixture.hub().find("distributors", new EntryRef.Code("c")).orElseThrow().id())
        .isGreaterThan(last);
  }
}
