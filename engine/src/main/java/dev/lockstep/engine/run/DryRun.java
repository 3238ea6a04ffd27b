package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.sync.Mode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what a full run would change, and changes nothing. Used by one thread, once. */
public final class DryRun {
  private final Route route;
  private final Consumer<Difference> found;
  private final Lookup lookup;
  private long read;
  private long same;

  public DryRun(Route route, Lookup lookup, Consumer<Difference> found) {
    this.route = route;
    this.lookup = lookup;
    this.found = found;
  }

  /** What was looked at: records read, and those that are equal already. */
  public record Summary(long read, long same) {}

  public Summary compare() throws InterruptedException {
    if (route.spec().mode() != Mode.MIRROR) {
      compareSource(key -> {});
      return new Summary(read, same);
    }
    // Invariant 8: what was seen is kept outside of memory.
    try (NotedKeys seen = NotedKeys.create()) {
      compareSource(seen::note);
      new FindGone(route, seen)
          .find(keys -> keys.forEach(key -> found.accept(new Difference.Delete(key))));
    }
    return new Summary(read, same);
  }

  private void compareSource(Consumer<Key> seen) throws InterruptedException {
    BulkReader reader = route.reader().orElseThrow();
    Request request =
        new Request(route.source().id(), route.mapper().reads(), Optional.empty(), 1_000);
    for (Partition partition : reader.plan(request, 1)) {
      try (Cursor<Page> cursor = reader.read(partition, Optional.empty())) {
        for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
          compare(page.get(), seen);
        }
      }
    }
  }

  private void compare(Page page, Consumer<Key> seen) throws InterruptedException {
    Map<Key, Row> wanted = new LinkedHashMap<>();
    for (int i = 0; i < page.rows().size(); i++) {
      Row row = page.rows().get(i);
      read++;
      switch (route.mapper().upserted(row, Optional.empty())) {
        case Mapped.Upsert(Key key, Row mapped) -> wanted.put(key, mapped);
        case Mapped.Move(Key from, Key to, Row mapped) -> wanted.put(to, mapped);
        case Mapped.Delete(Key key) -> delete(key);
        case Mapped.Filtered() -> {}
        case Mapped.Refused(String reason, String remedy) ->
            found.accept(new Difference.Refuse(place(page, i), reason, remedy));
      }
    }
    for (Unreadable broken : page.unreadable()) {
      read++;
      found.accept(new Difference.Refuse(broken.place(), broken.fault(), broken.remedy()));
    }
    wanted.keySet().forEach(seen);
    look(wanted);
  }

  private String place(Page page, int row) {
    String told = page.places().of(row);
    return told.isEmpty() ? "record " + read : told;
  }

  private void delete(Key key) throws InterruptedException {
    if (!lookup.find(route.target().id(), List.of(key)).isEmpty()) {
      found.accept(new Difference.Delete(key));
    }
  }

  private void look(Map<Key, Row> wanted) throws InterruptedException {
    List<Key> keys = List.copyOf(wanted.keySet());
    Map<Key, Row> there = keys.isEmpty() ? Map.of() : lookup.find(route.target().id(), keys);
    wanted.forEach((key, row) -> tell(key, row, there.get(key)));
  }

  private void tell(Key key, Row row, @Nullable Row there) {
    if (there == null) {
      found.accept(new Difference.Create(key, row));
      return;
    }
    List<Difference.FieldChange> changes = changes(row, there);
    if (changes.isEmpty()) {
      same++;
    } else {
      found.accept(new Difference.Update(key, changes));
    }
  }

  private static List<Difference.FieldChange> changes(Row row, Row there) {
    List<Difference.FieldChange> changes = new ArrayList<>();
    for (int i = 0; i < row.schema().size(); i++) {
      String field = row.schema().field(i).name();
      Object to = row.get(i);
      Object from = there.get(field);
      if (to != Row.ABSENT && !isSame(from == Row.ABSENT ? null : from, to)) {
        changes.add(new Difference.FieldChange(field, from, to));
      }
    }
    return changes;
  }

  private static boolean isSame(@Nullable Object from, @Nullable Object to) {
    return switch (from) {
      case BigDecimal one when to instanceof BigDecimal other -> one.compareTo(other) == 0;
      case byte[] one when to instanceof byte[] other -> Arrays.equals(one, other);
      case null, default -> Objects.equals(from, to);
    };
  }
}
