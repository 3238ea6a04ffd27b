package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Following changes: in order for each record, resumable anywhere, never skipping. */
interface ChangeReadConformance extends Tried {
  Duration LONG = Duration.ofHours(1);

  private static List<Row> versions(Dataset dataset, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> Samples.row(dataset, n, 0)).toList();
  }

  @Test
  default void reportsChangesInOrderForEachRecord() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(1);
      Connection connection = trial().open();
      assertThat(connection.changeReader().orElseThrow().reportsDeletions())
          .as("whether it says that it reports deletions")
          .isEqualTo(trial().can(Behaviour.REPORTS_DELETES));
      Position start = Feed.subscribe(connection, dataset);
      List<String> happened = happen(dataset);
      try (Feed feed = Feed.after(connection, dataset, start)) {
        List<ChangeBatch> batches = feed.until(happened.getLast(), 100);
        for (String key : List.of("2", "3", "4")) {
          String shown = Samples.key(dataset, Integer.parseInt(key)).toString();
          follows(feed.byKey(batches).getOrDefault(shown, List.of()), happened, shown + " ");
        }
        assertThat(batches.getLast().endsTransaction())
            .as("the last batch ends its transaction")
            .isTrue();
      }
    }
  }

  private void follows(List<String> reported, List<String> happened, String prefix) {
    List<String> expected = happened.stream().filter(h -> h.startsWith(prefix)).toList();
    if (trial().can(Behaviour.REPORTS_EVERY_VERSION)) {
      assertThat(reported).containsExactlyElementsOf(expected);
    } else {
      assertThat(reported).isNotEmpty().isSubsetOf(expected).last().isEqualTo(expected.getLast());
    }
  }

  /** Makes a history behind the connector's back, and tells it as {@link Feed#shown} does. */
  private List<String> happen(Dataset dataset) {
    List<String> happened = new ArrayList<>();
    int[][] puts = {{2, 0}, {3, 0}, {2, 1}, {2, 2}, {3, 1}};
    for (int[] put : puts) {
      trial().harness().put(dataset, List.of(Samples.row(dataset, put[0], put[1])));
      happened.add(Feed.upserted(dataset, put[0], put[1]));
    }
    if (trial().can(Behaviour.REPORTS_DELETES)) {
      trial().harness().remove(dataset, List.of(Samples.key(dataset, 2)));
      happened.add(Feed.gone(dataset, 2));
    }
    trial().harness().put(dataset, List.of(Samples.row(dataset, 4, 0)));
    happened.add(Feed.upserted(dataset, 4, 0));
    return happened;
  }

  @Test
  default void resumesAChangeFeedAnywhereWithoutGapOrRepeat() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Position start = Feed.subscribe(connection, dataset);
      trial().harness().put(dataset, versions(dataset, 1, 6));
      String last = Feed.upserted(dataset, 6, 0);
      List<ChangeBatch> batches;
      List<String> all;
      try (Feed feed = Feed.after(connection, dataset, start)) {
        batches = feed.until(last, 1);
        all = feed.shown(batches);
      }
      trial().close(connection);
      assertThat(all).doesNotHaveDuplicates().hasSize(6);
      int seen = 0;
      for (ChangeBatch batch : batches.subList(0, batches.size() - 1)) {
        seen += batch.changes().size();
        resumes(dataset, batch.resumeAfter(), last, all.subList(seen, all.size()));
      }
    }
  }

  private void resumes(Dataset dataset, Position after, String last, List<String> expected)
      throws InterruptedException {
    Connection fresh = trial().open();
    Feed.subscribe(fresh, dataset);
    try (Feed feed = Feed.after(fresh, dataset, new Position(after.token()))) {
      assertThat(feed.shown(feed.until(last, 100)))
          .as("what follows " + after)
          .containsExactlyElementsOf(expected);
    }
    trial().close(fresh);
  }

  @Test
  default void goesOnAfterAnAcknowledgedPosition() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Position start = Feed.subscribe(connection, dataset);
      trial().harness().put(dataset, versions(dataset, 1, 4));
      String last = Feed.upserted(dataset, 4, 0);
      ChangeBatch first;
      List<String> all;
      try (Feed feed = Feed.after(connection, dataset, start)) {
        List<ChangeBatch> batches = feed.until(last, 1);
        first = batches.getFirst();
        all = feed.shown(batches);
        feed.cursor().acknowledge(first.resumeAfter());
      }
      trial().close(connection);
      resumes(dataset, first.resumeAfter(), last, all.subList(first.changes().size(), all.size()));
    }
  }

  @Test
  default void refusesAFeedPositionThatIsNotItsOwn() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(1);
      Connection connection = trial().open();
      Feed.subscribe(connection, dataset);
      BulkReadConformance.refused(
          () -> readOnce(connection, dataset, new Position("?foreign:position?")),
          "a foreign position");
    }
  }

  private static ChangeBatch readOnce(Connection connection, Dataset dataset, Position after)
      throws InterruptedException {
    try (Feed feed = Feed.after(connection, dataset, after)) {
      return feed.cursor().next(10, Duration.ofMillis(100));
    }
  }

  @Test
  default void saysThatAPositionIsLostRatherThanSkip() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ) && trial().can(Behaviour.LOSES_POSITION)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Position start = Feed.subscribe(connection, dataset);
      trial().harness().put(dataset, versions(dataset, 1, 3));
      trial().harness().loseChanges(Feed.subscription(dataset));
      // Invariant 9: a lost position is an error that names its remedy, never a skip.
      assertThatThrownBy(() -> readOnce(connection, dataset, start))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.PositionLost.class));
    }
  }

  @Test
  default void beatsWhenNothingHappens() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Position start = Feed.subscribe(connection, dataset);
      Position idle;
      try (Feed feed = Feed.after(connection, dataset, start)) {
        idle = feed.heartbeat().resumeAfter();
      }
      trial().harness().put(dataset, versions(dataset, 1, 1));
      String last = Feed.upserted(dataset, 1, 0);
      resumes(dataset, idle, last, List.of(last));
    }
  }

  @Test
  default void subscribingAgainLosesNothing() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Position start = Feed.subscribe(connection, dataset);
      trial().harness().put(dataset, versions(dataset, 1, 3));
      Feed.subscribe(connection, dataset);
      Feed.subscribe(trial().open(), dataset);
      List<String> all =
          IntStream.rangeClosed(1, 3).mapToObj(n -> Feed.upserted(dataset, n, 0)).toList();
      try (Feed feed = Feed.after(connection, dataset, start)) {
        assertThat(feed.shown(feed.until(all.getLast(), 100))).containsExactlyElementsOf(all);
      }
    }
  }

  @Test
  default void unsubscribingIsHarmlessAtAnyTime() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      ChangeReader reader = Trial.changes(connection);
      reader.unsubscribe(Feed.subscription(dataset));
      Feed.subscribe(connection, dataset);
      reader.unsubscribe(Feed.subscription(dataset));
      reader.unsubscribe(Feed.subscription(dataset));
      Position again = Feed.subscribe(connection, dataset);
      trial().harness().put(dataset, versions(dataset, 1, 1));
      String last = Feed.upserted(dataset, 1, 0);
      resumes(dataset, again, last, List.of(last));
    }
  }

  @Test
  default void anInterruptEndsTheWaitForChanges() throws Exception {
    if (trial().has(Role.CHANGE_READ)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Position start = Feed.subscribe(connection, dataset);
      try (Feed feed = Feed.after(connection, dataset, start)) {
        feed.heartbeat();
        // Whether the interrupt finds the call waiting or about to wait, it must end it.
        BulkReadConformance.interrupted(() -> {}, () -> feed.cursor().next(10, LONG));
      }
    }
  }

  @Test
  default void marksChangesByItsOwnHand() throws InterruptedException {
    if (trial().has(Role.CHANGE_READ) && trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Position start = Feed.subscribe(connection, dataset);
      List<Row> rows = versions(dataset, 1, 1);
      trial()
          .write(
              connection, dataset, Trial.mode(connection, dataset), Trial.upserts(dataset, rows));
      try (Feed feed = Feed.after(connection, dataset, start)) {
        List<ChangeBatch> batches = feed.until(Feed.upserted(dataset, 1, 0), 100);
        Change change = batches.getLast().changes().getLast();
        // Invariant 6: our own write never comes back to us as a change.
        assertThat(change.mark().origin())
            .isEqualTo(
                trial().can(Behaviour.MARKS_ORIGIN) ? Optional.of(Trial.ORIGIN) : Optional.empty());
      }
    }
  }
}
