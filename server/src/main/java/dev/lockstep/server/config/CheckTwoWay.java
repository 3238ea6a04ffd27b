package dev.lockstep.server.config;

import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks a sync that keeps two datasets equal: what it copies must be copied back the same way. */
final class CheckTwoWay {
  private static final String DIRECTION = "direction";
  private static final String CONFLICTS = "conflicts";

  /** What speaks of one direction, and why there is no other for it. */
  private static final Map<String, String> ONE_WAY =
      Map.of(
          "where", "records that do not meet it at one end could not be told from deleted ones",
          "incremental", "both ends are followed",
          "schedule", "both ends are followed",
          "lanes", "both ends are written record by record",
          "tables", "each pair of tables is a sync of its own",
          "except", "each pair of tables is a sync of its own",
          "key", "each end finds its records by its own key",
          "create", "both ends must be there");

  private final Problems problems;

  CheckTwoWay(Problems problems) {
    this.problems = problems;
  }

  void check(SyncDraft sync) {
    if (!sync.isTwoWay()) {
      if (sync.has(CONFLICTS) && sync.part().knows(DIRECTION)) {
        add(
            sync,
            CONFLICTS,
            "what is copied in one direction has no conflicts",
            "write direction: both, or leave it out");
      }
      return;
    }
    ONE_WAY.keySet().stream()
        .filter(sync::has)
        .sorted()
        .forEach(key ->
            add(
                sync,
                key,
                "it has no meaning in both directions: " + ONE_WAY.get(key),
                "leave it out, or write direction: oneWay"));
    if (sync.isGroup()) {
      add(
          sync,
          DIRECTION,
          "a whole schema is not kept equal in both directions",
          "write a sync for each table");
    }
    if (sync.is(Mode.APPEND) || sync.is(Mode.MIRROR)) {
      add(sync, "mode", "both ends are made equal by upserts and deletions", "leave it out");
    }
    for (Strategy runs : List.of(Strategy.SCHEDULE, Strategy.BOTH)) {
      if (sync.is(runs)) {
        add(sync, "strategy", "both ends are followed, and there are no runs", "leave it out");
      }
    }
    invertible(sync);
  }

  private void invertible(SyncDraft sync) {
    Map<String, String> first = new HashMap<>();
    sync.map()
        .forEach((to, expression) -> {
          String text = expression.strip();
          String from = Inverse.field(text).orElse("");
          String other = from.isEmpty() ? null : first.putIfAbsent(from, to);
          if (from.isEmpty()) {
            add(
                sync,
                to,
                "it cannot be turned round, because it is more than another name",
                "write record.FIELD, and let a view or a computed column do the rest");
          } else if (other != null) {
            add(
                sync,
                to,
                "it cannot be turned round, because "
                    + other
                    + " is a copy of record."
                    + from
                    + " too",
                "map each field once");
          }
        });
  }

  private void add(SyncDraft sync, String key, String fault, String remedy) {
    Where where =
        sync.map().containsKey(key) ? sync.part().locate("map." + key) : sync.part().at(key);
    problems.add(where, fault, remedy);
  }
}
