package dev.lockstep.server.config;

import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses two syncs that write the same thing: the last to run would win, and neither copy would be
 * right. Several syncs may share a target where each maps fields of its own beside the key, or
 * where all of them only append.
 */
final class CheckTargets {
  private static final String APART =
      "give each sync a target of its own, or fields of its own with map";

  private final Problems problems;

  CheckTargets(Problems problems) {
    this.problems = problems;
  }

  void check(List<SyncDraft> syncs) {
    Map<Endpoint, List<SyncDraft>> byTarget = new LinkedHashMap<>();
    for (SyncDraft sync : syncs) {
      // Which tables two syncs of schemas share, only their sources can tell.
      sync.to()
          .filter(to -> !Star.isIn(to))
          .ifPresent(to -> byTarget.computeIfAbsent(to, key -> new ArrayList<>()).add(sync));
    }
    for (SyncDraft group : syncs) {
      byTarget.forEach((to, writers) -> within(group, to, writers));
    }
    for (List<SyncDraft> sharing : byTarget.values()) {
      for (int later = 1; later < sharing.size(); later++) {
        against(sharing.subList(0, later), sharing.get(later));
      }
    }
  }

  /** A sync of its own for a table that the sync of its schema writes as well. */
  private void within(SyncDraft group, Endpoint to, List<SyncDraft> writers) {
    if (Star.isIn(to)) {
      return;
    }
    CheckGroup.writes(group, to)
        .ifPresent(table ->
            problems.add(
                group.part().at("to"),
                "'"
                    + writers.getFirst().name()
                    + "' (line "
                    + writers.getFirst().where().place().line()
                    + ") writes the same dataset, "
                    + to,
                "write except: [" + table + "] here"));
  }

  private void against(List<SyncDraft> earlier, SyncDraft sync) {
    for (SyncDraft other : earlier) {
      if (conflict(other, sync)) {
        return;
      }
    }
  }

  private boolean conflict(SyncDraft other, SyncDraft sync) {
    if (other.is(Mode.APPEND) && sync.is(Mode.APPEND)) {
      return false;
    }
    String both = "'" + other.name() + "' (line " + other.where().place().line() + ")";
    Optional<SyncDraft> mirror =
        List.of(sync, other).stream().filter(it -> it.is(Mode.MIRROR)).findFirst();
    if (mirror.isPresent()) {
      return told(
          sync,
          both + " writes the same dataset, and the mirror would delete what the other writes");
    }
    Optional<Set<String>> theirs = other.writes();
    Optional<Set<String>> ours = sync.writes();
    if (theirs.isEmpty() || ours.isEmpty()) {
      return told(sync, both + " writes the same dataset, and one of the two has no map");
    }
    Set<String> shared = new LinkedHashSet<>(ours.get());
    shared.retainAll(theirs.get());
    shared.removeAll(keyOf(sync));
    return !shared.isEmpty()
        && told(sync, both + " writes the same fields: " + String.join(", ", shared));
  }

  /** Both must write the key; the hub's is always the same. */
  private static List<String> keyOf(SyncDraft sync) {
    boolean hub = sync.to().filter(to -> to.system().equals(Systems.HUB)).isPresent();
    return sync.key().isEmpty() && hub ? List.of("externalReferenceCode") : sync.key();
  }

  private boolean told(SyncDraft sync, String fault) {
    problems.add(
        sync.part().at("to"),
        fault,
        sync.key().isEmpty() ? APART + " and the shared key fields under key" : APART);
    return true;
  }
}
