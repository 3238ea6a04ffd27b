package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Follows the objects of a subscription: what hints tell of comes first, and in between the sweeps
 * take a step. All entries are read by the one thread that asks for batches, so that no older state
 * of an entry follows a newer one (invariant 3).
 */
final class ChangeFeed implements ChangeCursor {
  /** After these times what was told to be gone, and was still there, is looked at again. */
  private static final List<Duration> LOOKS =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(15));

  private final Map<DatasetId, ObjectShape> shapes;
  private final Map<DatasetId, Sweep> sweeps;
  private final List<KeyScan> scans;
  private final Telling telling;
  private final ReadAgain again;
  private final String origin;
  private final Consumer<ChangeFeed> onClose;
  private final Inbox inbox = new Inbox();
  private final List<Look> looks = new ArrayList<>();
  private long batch;

  /** An entry to be looked at later. */
  private record Look(Recent.Where where, long due, int number) {}

  ChangeFeed(
      Map<DatasetId, ObjectShape> shapes,
      Map<DatasetId, Sweep> sweeps,
      List<KeyScan> scans,
      Telling telling,
      ReadAgain again,
      String origin,
      long batch,
      Consumer<ChangeFeed> onClose) {
    this.shapes = shapes;
    this.sweeps = sweeps;
    this.scans = scans;
    this.telling = telling;
    this.again = again;
    this.origin = origin;
    this.batch = batch;
    this.onClose = onClose;
  }

  boolean follows(DatasetId dataset) {
    return shapes.containsKey(dataset);
  }

  /** Takes a hint of any thread; false when it has no room. */
  boolean offer(Hint hint) {
    return inbox.offer(hint);
  }

  @Override
  public ChangeBatch next(int maxChanges, Duration patience) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long start = System.nanoTime();
    while (true) {
      List<Change> found = round(maxChanges);
      long left = patience.toNanos() - (System.nanoTime() - start);
      if (!found.isEmpty() || left <= 0) {
        return new ChangeBatch(found, position(), true);
      }
      inbox.await(Inbox.nanos(Math.min(left, untilDue())));
    }
  }

  /** Hints if there are any, otherwise one step of whatever is due. */
  private List<Change> round(int most) throws InterruptedException {
    List<Hint> hints = inbox.take(most);
    if (!hints.isEmpty()) {
      return told(hints);
    }
    long now = System.nanoTime();
    Optional<Look> look = looks.stream().filter(it -> it.due() - now <= 0).findFirst();
    if (look.isPresent()) {
      looks.remove(look.get());
      return lookedAt(look.get());
    }
    for (Sweep sweep : sweeps.values()) {
      if (sweep.pause(now) <= 0) {
        return counted(sweep.step(most));
      }
    }
    for (KeyScan scan : scans) {
      if (scan.pause(now) <= 0) {
        return counted(scan.step(most));
      }
    }
    return List.of();
  }

  private long untilDue() {
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (Sweep sweep : sweeps.values()) {
      least = Math.min(least, sweep.pause(now));
    }
    for (KeyScan scan : scans) {
      least = Math.min(least, scan.pause(now));
    }
    for (Look look : looks) {
      least = Math.min(least, look.due() - now);
    }
    return least;
  }

  private List<Change> counted(List<Change> changes) {
    batch += changes.isEmpty() ? 0 : 1;
    scans.forEach(scan -> scan.note(changes));
    return changes;
  }

  private List<Change> told(List<Hint> hints) throws InterruptedException {
    List<Change> changes = new ArrayList<>();
    boolean handedOut = false;
    try {
      for (Map.Entry<DatasetId, Map<String, List<Hint>>> each : grouped(hints).entrySet()) {
        tell(Objects.requireNonNull(shapes.get(each.getKey())), each.getValue(), changes);
      }
      inbox.handOut(batch + 1, hints);
      handedOut = true;
      return counted(changes);
    } finally {
      if (!handedOut) {
        Inbox.fail(hints);
      }
    }
  }

  private static Map<DatasetId, Map<String, List<Hint>>> grouped(List<Hint> hints) {
    Map<DatasetId, Map<String, List<Hint>>> groups = new LinkedHashMap<>();
    for (Hint hint : hints) {
      groups
          .computeIfAbsent(hint.where().dataset(), dataset -> new LinkedHashMap<>())
          .computeIfAbsent(hint.where().code(), code -> new ArrayList<>())
          .add(hint);
    }
    return groups;
  }

  private void tell(ObjectShape shape, Map<String, List<Hint>> hints, List<Change> changes)
      throws InterruptedException {
    Map<String, Optional<JsonNode>> entries = again.read(shape, hints.keySet());
    hints.forEach((code, of) -> {
      Optional<JsonNode> entry = entries.getOrDefault(code, Optional.empty());
      boolean ours = of.stream().allMatch(hint -> hint.origin().filter(origin::equals).isPresent());
      Optional<Instant> modified = of.getLast().modified();
      changes.add(telling.told(shape, code, entry, ours, modified));
      if (entry.isPresent() && of.stream().anyMatch(Hint::deleted)) {
        // A Liferay tells of deletions before they are committed.
        looks.add(look(of.getFirst().where(), 0));
      }
    });
  }

  private static Look look(Recent.Where where, int number) {
    return new Look(where, System.nanoTime() + LOOKS.get(number).toNanos(), number);
  }

  private List<Change> lookedAt(Look look) throws InterruptedException {
    ObjectShape shape = Objects.requireNonNull(shapes.get(look.where().dataset()));
    String code = look.where().code();
    Optional<JsonNode> entry = again.read(shape, Set.of(code)).getOrDefault(code, Optional.empty());
    if (entry.isPresent() && look.number() + 1 < LOOKS.size()) {
      looks.add(look(look.where(), look.number() + 1));
    }
    return counted(telling.found(shape, code, entry).map(List::of).orElse(List.of()));
  }

  private Position position() {
    LinkedHashMap<DatasetId, FeedPosition.Mark> marks = new LinkedHashMap<>();
    sweeps.forEach((dataset, sweep) -> marks.put(dataset, sweep.mark()));
    return new FeedPosition(batch, marks).position();
  }

  @Override
  public void acknowledge(Position durable) {
    inbox.settle(FeedPosition.of(durable).batch());
  }

  @Override
  public void close() {
    onClose.accept(this);
    inbox.close();
    for (KeyScan scan : scans) {
      try {
        scan.close();
      } catch (IOException left) {
        // What it had listed so far is listed again.
        continue;
      }
    }
  }
}
