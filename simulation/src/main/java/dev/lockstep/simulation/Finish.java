package dev.lockstep.simulation;

import dev.lockstep.connector.Row;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryQuery;
import dev.lockstep.hub.Hub;
import dev.lockstep.server.Lockstep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lets Lockstep finish what it has to do, then tells what there is. */
final class Finish {
  /** After this time what is still waiting counts as lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What has not come after this time without any movement will not come. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private static final long POLL_MILLIS = 20;
  private static final int MOST_RUNS = 100_000;

  private final Lockstep lockstep;
  private final Engine engine;
  private final Audit audit;
  private final Line.Speaker parent;

  Finish(Lockstep lockstep, Audit audit, Line.Speaker parent) {
    this.lockstep = lockstep;
    this.engine = lockstep.engine();
    this.audit = audit;
    this.parent = parent;
  }

  void finish() throws InterruptedException {
    List<String> changes = audit.changes();
    if (!awaitSettled(changes.size() - Accounts.SEEDED)) {
      parent.say(Line.Kind.UNSETTLED, "after " + PATIENCE.toSeconds() + " s");
    }
    for (String change : changes) {
      parent.say(Line.Kind.CHANGE, change);
    }
    tellEntries(lockstep.hub().orElseThrow());
    for (SyncStatus status : engine.syncs()) {
      parent.status(Line.Kind.ENDED, status, engine.runs(status.name(), MOST_RUNS));
    }
  }

  private boolean awaitSettled(long changes) throws InterruptedException {
    Instant begun = Instant.now();
    Instant moved = begun;
    List<Long> before = List.of();
    while (Instant.now().isBefore(begun.plus(PATIENCE))) {
      List<SyncStatus> all = engine.syncs();
      boolean settled = all.stream().allMatch(status -> isSettled(status, begun));
      List<Long> now = events(all);
      if (settled && now.stream().allMatch(captured -> captured >= changes)) {
        return true;
      }
      if (!now.equals(before)) {
        before = now;
        moved = Instant.now();
      } else if (settled && Instant.now().isAfter(moved.plus(QUIET))) {
        // The syncs have nothing to do and yet have not had every change: the comparison tells.
        return true;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return false;
  }

  private static List<Long> events(List<SyncStatus> all) {
    List<Long> captured = new ArrayList<>();
    for (SyncStatus status : all) {
      if (status.strategy() == Strategy.EVENT) {
        captured.add(status.counts().captured());
      }
    }
    return captured;
  }

  /** A scheduled sync is settled when it has read the source once more after the last change. */
  private static boolean isSettled(SyncStatus status, Instant begun) {
    boolean idle =
        status.state() == SyncStatus.State.READY
            && status.counts().waiting() == 0
            && status.backlog() == 0
            && status.parked() == 0;
    if (status.strategy() == Strategy.EVENT) {
      return idle;
    }
    boolean read =
        status
            .lastRun()
            .filter(run -> run.startedAt().isAfter(begun) && run.state() == Run.State.DONE)
            .isPresent();
    return read && status.counts().waiting() == 0 && status.parked() == 0;
  }

  private void tellEntries(Hub hub) throws InterruptedException {
    JsonMapper mapper = JsonMapper.builder().build();
    for (Entry entry : hub.list(Accounts.OBJECT, EntryQuery.page(0, 1_000)).entries()) {
      ObjectNode json = mapper.createObjectNode().put("id", entry.externalReferenceCode());
      Row row = entry.values();
      for (String field : row.schema().names()) {
        Object value = row.get(field);
        json.put(field, value == null ? null : value.toString());
      }
      parent.say(Line.Kind.ENTRY, json.toString());
    }
  }
}
