package dev.lockstep.testkit;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.testkit.Altered.Instead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Ways to read in bulk and be wrong. */
final class BulkDefects {
  private BulkDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>(planning());
    all.addAll(paging());
    return all;
  }

  private static Defect in(String method, String what, String caughtBy, Instead instead) {
    return Defect.in("bulkReader", BulkReader.class, method, what, caughtBy, instead);
  }

  private static Defect pages(String what, String caughtBy, UnaryOperator<Page> page) {
    return next(
        what,
        caughtBy,
        (original, args) ->
            ((Optional<?>) Defect.answer(original, args)).map(Page.class::cast).map(page));
  }

  private static Defect next(String what, String caughtBy, Instead instead) {
    return in(
        "read",
        what,
        caughtBy,
        (original, args) ->
            Altered.method(
                Cursor.class, (Cursor<?>) Defect.answer(original, args), "next", instead));
  }

  private static Defect rows(String what, String caughtBy, UnaryOperator<Row> row) {
    return pages(
        what, caughtBy, p -> Page.of(p.rows().stream().map(row).toList(), p.resumeAfter()));
  }

  private static List<Defect> planning() {
    return List.of(
        in(
            "estimate",
            "the estimate is wrong by far",
            "estimatesHowManyRecordsThereAreBeforeAndAfterReadingThem",
            (original, args) -> OptionalLong.of(1_000_000)),
        in(
            "plan",
            "a partition stands twice",
            "readsEveryRecordOnceInAnyNumberOfParts",
            (original, args) -> {
              List<Object> all = new ArrayList<>((List<?>) Defect.answer(original, args));
              all.set(0, all.getLast());
              return all;
            }),
        in(
            "plan",
            "a partition is left out",
            "readsEveryRecordOnceInAnyNumberOfParts",
            (original, args) -> {
              List<?> all = (List<?>) Defect.answer(original, args);
              return all.size() > 1 ? all.subList(1, all.size()) : all;
            }),
        in(
            "plan",
            "the bound is exclusive",
            "readsSinceAValueInclusively",
            (original, args) -> original.call(after((Request) args[0]), args[1])),
        in(
            "plan",
            "a bound that cannot be kept is ignored",
            "refusesToReadSinceAFieldItCannotOrder",
            (original, args) -> original.call(unbounded((Request) args[0]), args[1])),
        in(
            "plan",
            "a missing dataset reads as empty",
            "refusesToReadWhatIsNotThere",
            (original, args) -> {
              try {
                return original.call(args);
              } catch (ConnectorException e) {
                return List.of();
              }
            }),
        in(
            "read",
            "a foreign position reads from the start",
            "refusesAPositionThatIsNotItsOwn",
            (original, args) -> original.call(args[0], Optional.empty())));
  }

  private static List<Defect> paging() {
    return List.of(
        pages(
            "resuming skips a record",
            "resumesAfterEveryPageWithoutGapOrRepeat",
            p -> new Page(p.rows(), p.unreadable(), moved(p.resumeAfter(), 1))),
        pages(
            "resuming repeats a record",
            "resumesAfterEveryPageWithoutGapOrRepeat",
            p -> new Page(p.rows(), p.unreadable(), moved(p.resumeAfter(), -1))),
        pages(
            "the places of rows are all the same",
            "rowsThatHaveAPlaceAreFoundByItAfterTheReadIsOver",
            p -> new Page(p.rows(), p.unreadable(), p.resumeAfter(), row -> "somewhere")),
        rows(
            "values are of another class",
            "readsEveryRecordOnceInAnyNumberOfParts",
            row -> Samples.with(row, "size", 7)),
        rows(
            "a field that was asked for is missing",
            "sendsTheFieldsAskedFor",
            row -> Samples.with(row, "name", Row.ABSENT)),
        next(
            "an interrupt goes unnoticed",
            "anInterruptCancelsARead",
            (original, args) -> {
              Thread.interrupted();
              return original.call(args);
            }),
        next(
            "a blocked read turns an interrupt into an end",
            "anInterruptCancelsABlockedRead",
            (original, args) -> {
              try {
                return original.call(args);
              } catch (InterruptedException e) {
                return Optional.empty();
              }
            }));
  }

  private static Position moved(Position position, int by) {
    return MemoryRange.position(MemoryRange.place(position) + by);
  }

  private static Request after(Request request) {
    Optional<Since> since = request.since().map(s -> new Since(s.field(), (Long) s.value() + 1));
    return new Request(request.dataset(), request.fields(), since, request.pageRows());
  }

  private static Request unbounded(Request request) {
    return new Request(request.dataset(), request.fields(), Optional.empty(), request.pageRows());
  }
}
