package dev.lockstep.simulation;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryQuery;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Creates, changes and deletes entries of the hub for as long as the process lives, several in one
 * transaction, and tells each that is acknowledged. Every state of every entry has a revision of
 * its own, and revisions only grow.
 */
final class Accounts {
  static final String OBJECT = "accounts";
  static final int SEEDED = 25;
  private static final int KEYS = 40;
  private static final int MOST_EDITS = 4;
  private static final int LONGEST_PAUSE_MILLIS = 12;
  private static final Author AUTHOR = Author.user("simulation");

  private final Hub hub;
  private final Random random;
  private final Line.Speaker parent;
  private final Map<String, Long> present = new HashMap<>();
  private long revision;

  Accounts(Hub hub, long seed, long firstRevision, Line.Speaker parent) {
    this.hub = hub;
    this.random = new Random(seed);
    this.revision = firstRevision;
    this.parent = parent;
  }

  /** Learns which entries there are. */
  void look() throws InterruptedException {
    for (Entry entry : hub.list(OBJECT, EntryQuery.page(0, KEYS)).entries()) {
      present.put(entry.externalReferenceCode(), (Long) entry.values().get("rev"));
    }
  }

  /** Fills a new hub, in one transaction, before any sync has ever been started. */
  void seed() throws InterruptedException {
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < SEEDED; i++) {
      writes.add(upsert(code(i)));
    }
    carryOut(writes);
  }

  /** Does not return. */
  void keepWriting() throws InterruptedException {
    while (true) {
      List<Write> writes = new ArrayList<>();
      int edits = 1 + random.nextInt(MOST_EDITS);
      for (int i = 0; i < edits; i++) {
        writes.add(next());
      }
      carryOut(writes);
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    }
  }

  /** One edit, and the line that tells it. */
  private record Write(Edit edit, String told) {}

  private Write next() {
    String code = code(random.nextInt(KEYS));
    return present.containsKey(code) && random.nextInt(5) == 0 ? delete(code) : upsert(code);
  }

  private Write upsert(String code) {
    long rev = ++revision;
    present.put(code, rev);
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("name", "Name " + code + " of " + rev);
    values.put("rev", rev);
    values.put("amount", BigDecimal.valueOf(random.nextInt(10_000_000), 2));
    values.put("note", random.nextInt(4) == 0 ? null : "ü€ \"" + random.nextInt(1_000) + "\"");
    return new Write(new Edit.Merge(code, new Draft(code, values)), "U " + code + " " + rev);
  }

  private Write delete(String code) {
    Long rev = present.remove(code);
    Edit edit = new Edit.Delete(new EntryRef.Code(code), Match.ANY);
    return new Write(edit, "D " + code + " " + rev);
  }

  private void carryOut(List<Write> writes) throws InterruptedException {
    hub.apply(OBJECT, writes.stream().map(Write::edit).toList(), AUTHOR);
    for (Write write : writes) {
      parent.say(Line.Kind.WROTE, write.told());
    }
  }

  private static String code(int number) {
    return String.format(java.util.Locale.ROOT, "a-%02d", number);
  }
}
