package dev.lockstep.engine;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.mapping.Compiled;
import dev.lockstep.engine.mapping.Mapper;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.mapping.MapperCompiler;
import dev.lockstep.engine.run.Remap;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a target holds of one record. The target's key is told, whichever comes first, by the
 * record's last change, by the record as its source has it now, or by its key alone. Writes
 * nothing; what cannot be seen, and why, is noted. Used once.
 */
final class FindInTarget {
  private final SyncSpec spec;
  private final Reach reach;
  private final List<String> notes = new ArrayList<>();

  FindInTarget(SyncSpec spec, Reach reach) {
    this.spec = spec;
    this.reach = reach;
  }

  /**
   * What was seen.
   *
   * @param asked whether the target was asked, so that an empty row means that it has none
   */
  record Seen(boolean asked, Optional<Row> row) {
    static final Seen NOTHING = new Seen(false, Optional.empty());
  }

  /** What could not be seen and why, empty if nothing. */
  String note() {
    return String.join("; ", notes);
  }

  /** The source's dataset; empty, and noted, when it cannot be asked. */
  Optional<Dataset> source() throws InterruptedException {
    try {
      Optional<Dataset> found = reach.connect(spec.from().system()).describe(spec.from().dataset());
      if (found.isEmpty()) {
        notes.add(spec.from() + " does not exist any more");
      }
      return found;
    } catch (ConnectorException e) {
      notes.add("the source cannot be asked: " + e.failure().message());
      return Optional.empty();
    }
  }

  /**
   * @param key the record's key in the source, empty when the text that was asked for is none
   * @param last the record's last change, if one is kept
   */
  Seen find(Dataset source, Optional<Key> key, Optional<Change> last) throws InterruptedException {
    try {
      Connection connection = reach.connect(spec.to().system());
      Optional<Dataset> target = connection.describe(spec.to().dataset());
      Optional<Lookup> lookup = connection.lookup();
      if (target.isEmpty() || lookup.isEmpty()) {
        notes.add(
            spec.to() + (target.isEmpty() ? " does not exist yet" : " cannot be read by key"));
        return Seen.NOTHING;
      }
      Optional<Key> there = targetKey(source, target.get(), key, last);
      return there.isEmpty() ? Seen.NOTHING : look(lookup.get(), target.get(), there.get());
    } catch (ConnectorException e) {
      notes.add("the target cannot be asked: " + e.failure().message());
      return Seen.NOTHING;
    }
  }

  private static Seen look(Lookup lookup, Dataset target, Key key) throws InterruptedException {
    return new Seen(true, Optional.ofNullable(lookup.find(target.id(), List.of(key)).get(key)));
  }

  private Optional<Key> targetKey(
      Dataset source, Dataset target, Optional<Key> key, Optional<Change> last)
      throws InterruptedException {
    return switch (MapperCompiler.compile(spec, source, target)) {
      case Compiled.Ready ready -> targetKey(ready.mapper(), source, key, last);
      case Compiled.Broken(List<Problem> problems) -> {
        Problem first = problems.getFirst();
        notes.add("the mapping does not fit: " + first.setting() + ": " + first.message());
        yield Optional.empty();
      }
    };
  }

  private Optional<Key> targetKey(
      Mapper mapper, Dataset source, Optional<Key> key, Optional<Change> last)
      throws InterruptedException {
    if (last.isPresent()) {
      Optional<Key> mapped = keyOf(Remap.map(mapper, last.get()));
      return mapped.isPresent() ? mapped : keyAlone(mapper, key);
    }
    if (key.isEmpty()) {
      notes.add("this is no key of " + spec.from() + ", whose key is " + source.key());
      return Optional.empty();
    }
    Optional<Row> now = inSource(key.get());
    Optional<Key> mapped =
        now.isPresent() ? keyOf(mapper.upserted(now.get(), Optional.empty())) : Optional.empty();
    return mapped.isPresent() ? mapped : keyAlone(mapper, key);
  }

  /** The record as the source has it now, where it can be looked up there. */
  private Optional<Row> inSource(Key key) throws InterruptedException {
    try {
      Optional<Lookup> lookup = reach.connect(spec.from().system()).lookup();
      if (lookup.isEmpty()) {
        return Optional.empty();
      }
      Optional<Row> now =
          Optional.ofNullable(lookup.get().find(spec.from().dataset(), List.of(key)).get(key));
      if (now.isEmpty()) {
        notes.add(spec.from() + " has no such record now");
      }
      return now;
    } catch (ConnectorException e) {
      notes.add("the source cannot be asked: " + e.failure().message());
      return Optional.empty();
    }
  }

  private Optional<Key> keyAlone(Mapper mapper, Optional<Key> key) {
    if (spec.mode() == Mode.APPEND) {
      notes.add("appended records cannot be found by the source's key");
      return Optional.empty();
    }
    return key.flatMap(known -> keyOf(mapper.deleted(known, Optional.empty())));
  }

  private Optional<Key> keyOf(Mapped mapped) {
    return switch (mapped) {
      case Mapped.Upsert(Key key, Row row) -> Optional.of(key);
      case Mapped.Delete(Key key) -> Optional.of(key);
      case Mapped.Move(Key from, Key to, Row row) -> Optional.of(to);
      case Mapped.Filtered() -> {
        notes.add("the record does not meet the sync's condition as it is now");
        yield Optional.empty();
      }
      case Mapped.Refused(String reason, String remedy) -> {
        notes.add("the target's key cannot be told: " + reason);
        yield Optional.empty();
      }
    };
  }
}
