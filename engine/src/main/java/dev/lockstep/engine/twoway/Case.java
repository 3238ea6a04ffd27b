package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record that is looked at, and what comes of it. One thread. */
final class Case {
  private final Key key;
  private final Key keyTo;
  private final boolean patient;
  private Agreed.Told toldFrom = Agreed.Told.NOTHING;
  private Agreed.Told toldTo = Agreed.Told.NOTHING;
  private Agreed before = Agreed.NOTHING;
  private Agreed after = Agreed.NOTHING;
  private Optional<Row> from = Optional.empty();
  private Optional<Row> to = Optional.empty();
  private byte @Nullable [] imageFrom;
  private byte @Nullable [] imageTo;
  private @Nullable Mapped mapped;
  private BitSet differing = new BitSet();
  private Conflicts.@Nullable Open open;
  private boolean logged;
  private Fate fate = new Fate.Wait("not looked at yet", false);

  /** What became of it. */
  sealed interface Fate {
    /**
     * Both ends are equal, or as they were.
     *
     * @param from whether the end named first was written
     * @param to whether the other was
     */
    record Done(boolean from, boolean to) implements Fate {
      boolean wrote(End end) {
        return end == End.FROM ? from : to;
      }
    }

    /**
     * It is looked at again.
     *
     * @param held whether a person must decide first
     */
    record Wait(String reason, boolean held) implements Fate {}

    /** One of the ends will never take it. */
    record Dead(String reason, String remedy) implements Fate {}
  }

  /**
   * @param keyTo the key at the end named second
   * @param patient whether it waits for an end to tell when it was changed
   */
  Case(Key key, Key keyTo, boolean patient) {
    this.key = key;
    this.keyTo = keyTo;
    this.patient = patient;
  }

  Key key() {
    return key;
  }

  Key key(End end) {
    return end == End.FROM ? key : keyTo;
  }

  boolean patient() {
    return patient;
  }

  /** A change has told when an end came to hold this. */
  void tell(End end, Agreed.Told told) {
    if (end == End.FROM) {
      toldFrom = told;
    } else {
      toldTo = told;
    }
  }

  /** What both ends hold now. */
  void see(FieldPairs pairs, Optional<Row> nowFrom, Optional<Row> nowTo, Side sideFrom) {
    from = nowFrom;
    to = nowTo;
    imageFrom = pairs.image(End.FROM, from);
    imageTo = pairs.image(End.TO, to);
    mapped = from.isPresent() ? sideFrom.away().upserted(from.get(), Optional.empty()) : null;
    differing = new BitSet();
    if (from.isPresent() && to.isPresent()) {
      compare(pairs);
    }
  }

  private void compare(FieldPairs pairs) {
    for (int i = 0; i < pairs.size(); i++) {
      boolean same =
          mapped instanceof Mapped.Upsert(Key _, Row row)
              && FieldPairs.isSame(
                  pairs.value(End.TO, row, i), pairs.value(End.TO, to.orElseThrow(), i));
      differing.set(i, !same);
    }
  }

  void know(@Nullable Agreed agreed, Conflicts.@Nullable Open conflict) {
    before = agreed == null ? Agreed.NOTHING : agreed;
    after = before;
    open = conflict;
  }

  Optional<Row> row(End end) {
    return end == End.FROM ? from : to;
  }

  byte @Nullable [] image(End end) {
    return end == End.FROM ? imageFrom : imageTo;
  }

  /** What the record of the end named first would be at the other; null where it has none. */
  @Nullable Mapped mapped() {
    return mapped;
  }

  BitSet differing() {
    return differing;
  }

  /** The conflict that is not ended. */
  Conflicts.@Nullable Open open() {
    return open;
  }

  /** A conflict was logged since it was looked at. */
  void logged() {
    logged = true;
  }

  boolean isLogged() {
    return logged;
  }

  /** What was agreed when it was looked at. */
  Agreed before() {
    return before;
  }

  Agreed after() {
    return after;
  }

  void after(Agreed agreed) {
    after = agreed;
  }

  Fate fate() {
    return fate;
  }

  void fate(Fate becomes) {
    fate = becomes;
  }

  /** What is known of when an end came to hold what it holds. */
  Agreed.Told told(End end) {
    Agreed.Told fresh = end == End.FROM ? toldFrom : toldTo;
    return fresh.of(image(end)).isPresent() ? fresh : before.told(end);
  }
}
