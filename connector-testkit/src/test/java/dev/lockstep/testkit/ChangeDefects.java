package dev.lockstep.testkit;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.testkit.Altered.Instead;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Ways to follow changes and be wrong. */
final class ChangeDefects {
  private ChangeDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(batches());
    all.addAll(subscribing());
    return all;
  }

  private static Defect next(String what, String caughtBy, Next next) {
    return Defect.in(
        "changeReader",
        ChangeReader.class,
        "read",
        what,
        caughtBy,
        (original, args) -> {
          ChangeCursor cursor = (ChangeCursor) Defect.answer(original, args);
          return Altered.method(
              ChangeCursor.class, cursor, "next", (o, a) -> next.call(cursor, o, a));
        });
  }

  /** What a cursor's {@code next} does instead. */
  private interface Next {
    Object call(ChangeCursor cursor, Altered.Original original, Object[] args) throws Throwable;
  }

  private static Defect batch(String what, String caughtBy, UnaryOperator<ChangeBatch> altered) {
    return next(
        what,
        caughtBy,
        (cursor, original, args) -> altered.apply((ChangeBatch) Defect.answer(original, args)));
  }

  private static List<Defect> batches() {
    return List.of(
        Defect.in(
            "changeReader",
            ChangeReader.class,
            "reportsDeletions",
            "it says that it sees no deletions, and reports them",
            "reportsChangesInOrderForEachRecord",
            (original, args) -> false),
        batch(
            "changes come in another order",
            "reportsChangesInOrderForEachRecord",
            b -> new ChangeBatch(b.changes().reversed(), b.resumeAfter(), true)),
        batch(
            "a version is left out",
            "reportsChangesInOrderForEachRecord",
            b -> new ChangeBatch(b.changes().stream().skip(1).toList(), b.resumeAfter(), true)),
        batch(
            "no transaction ever ends",
            "reportsChangesInOrderForEachRecord",
            b -> new ChangeBatch(b.changes(), b.resumeAfter(), false)),
        batch(
            "resuming skips a change",
            "resumesAChangeFeedAnywhereWithoutGapOrRepeat",
            b -> new ChangeBatch(b.changes(), moved(b.resumeAfter(), 1), true)),
        batch(
            "resuming repeats a change",
            "resumesAChangeFeedAnywhereWithoutGapOrRepeat",
            b ->
                b.changes().isEmpty()
                    ? b
                    : new ChangeBatch(b.changes(), moved(b.resumeAfter(), -1), true)),
        next(
            "what is handed out counts as acknowledged",
            "resumesAChangeFeedAnywhereWithoutGapOrRepeat",
            (cursor, original, args) -> {
              ChangeBatch batch = (ChangeBatch) Defect.answer(original, args);
              cursor.acknowledge(batch.resumeAfter());
              return batch;
            }),
        batch(
            "a heartbeat's position is of no use",
            "beatsWhenNothingHappens",
            b -> new ChangeBatch(b.changes(), new Position("nowhere"), true)),
        next(
            "waiting turns an interrupt into a heartbeat",
            "anInterruptEndsTheWaitForChanges",
            (cursor, original, args) -> {
              try {
                return Defect.answer(original, args);
              } catch (InterruptedException e) {
                return new ChangeBatch(List.of(), ChangeLog.position(0), true);
              }
            }),
        batch(
            "its own writes carry no origin",
            "marksChangesByItsOwnHand",
            b ->
                new ChangeBatch(
                    b.changes().stream().map(ChangeDefects::unmarked).toList(),
                    b.resumeAfter(),
                    true)));
  }

  private static Change unmarked(Change change) {
    return switch (change) {
      case Change.Upserted u ->
          new Change.Upserted(
              u.dataset(), u.key(), u.row(), u.before(), Change.Mark.at(u.mark().committedAt()));
      case Change.Deleted d -> d;
      case Change.Garbled g -> g;
      case Change.Truncated t -> t;
    };
  }

  private static Position moved(Position position, int by) {
    return ChangeLog.position(ChangeLog.number(position) + by);
  }

  private static Defect reader(String method, String what, String caughtBy, Reading instead) {
    return Defect.of(
        what,
        caughtBy,
        Defect.role(
            "changeReader",
            ChangeReader.class,
            reader -> {
              Instead altered = (original, args) -> instead.call(reader, args);
              return Altered.method(ChangeReader.class, reader, method, altered);
            }));
  }

  /** What a method of the reader does instead. */
  private interface Reading {
    Object call(ChangeReader reader, Object[] args) throws InterruptedException;
  }

  private static List<Defect> subscribing() {
    return List.of(
        reader(
            "subscribe",
            "subscribing again starts afresh",
            "subscribingAgainLosesNothing",
            (reader, args) -> {
              reader.unsubscribe((Subscription) args[0]);
              return reader.subscribe((Subscription) args[0]);
            }),
        reader(
            "unsubscribe",
            "unsubscribing fails where there is nothing",
            "unsubscribingIsHarmlessAtAnyTime",
            (reader, args) -> {
              throw new ConnectorException(new Failure.Permanent("no such subscription"));
            }),
        reader(
            "read",
            "a lost position skips ahead",
            "saysThatAPositionIsLostRatherThanSkip",
            (reader, args) -> {
              Subscription subscription = (Subscription) args[0];
              try {
                return reader.read(subscription, (Position) args[1]);
              } catch (ConnectorException e) {
                reader.unsubscribe(subscription);
                return reader.read(subscription, reader.subscribe(subscription));
              }
            }),
        reader(
            "read",
            "a foreign position reads from the start",
            "refusesAFeedPositionThatIsNotItsOwn",
            (reader, args) -> {
              Subscription subscription = (Subscription) args[0];
              return reader.read(subscription, reader.subscribe(subscription));
            }));
  }
}
