package dev.lockstep.server.config;

import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.engine.schedule.Schedules;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.server.config.Systems.Declared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what one sync says against itself and against its two systems. */
final class CheckSync {
  private static final String SCHEDULE = "schedule";
  private static final String STRATEGY = "strategy";
  private static final String FRESHNESS = "freshness";
  private static final String INCREMENTAL = "incremental";

  private final SyncDraft sync;
  private final Systems systems;
  private final Problems problems;
  private final @Nullable Declared source;
  private final @Nullable Declared target;

  CheckSync(SyncDraft sync, Systems systems, Problems problems) {
    this.sync = sync;
    this.systems = systems;
    this.problems = problems;
    this.source = sync.from().flatMap(from -> systems.find(from.system())).orElse(null);
    this.target = sync.to().flatMap(to -> systems.find(to.system())).orElse(null);
  }

  void check() {
    sync.from().ifPresent(from -> endpoint("from", from));
    sync.to().ifPresent(to -> endpoint("to", to));
    roles();
    mode();
    leaving();
    reading();
    appending();
    lanes();
    promise();
    durations();
  }

  private void endpoint(String key, Endpoint endpoint) {
    boolean known = systems.find(endpoint.system()).isPresent();
    if (!known && endpoint.system().equals(Systems.HUB)) {
      add(
          key,
          "the configuration has no hub",
          "declare it: hub: {objects: {"
              + endpoint.dataset().name()
              + ": {fields: {name: text}}}}");
    } else if (!known && systems.complete()) {
      add(
          key,
          "there is no system '" + endpoint.system() + "'",
          systems.declared().isEmpty()
              ? "declare it under systems"
              : NearestName.remedy(endpoint.system(), systems.declared().keySet()));
    } else if (endpoint.system().equals(Systems.HUB) && !sync.isGroup()) {
      systems.hub().ifPresent(hub -> object(key, endpoint.dataset().name(), hub));
    }
  }

  private void object(String key, String name, HubDraft hub) {
    if (hub.complete() && !hub.objects().containsKey(name)) {
      add(
          key,
          "the hub has no object '" + name + "'",
          hub.objects().isEmpty()
              ? "declare it under hub.objects"
              : NearestName.remedy(name, hub.objects().keySet()));
    }
  }

  private void roles() {
    if (lacks(source, Role.BULK_READ) && lacks(source, Role.CHANGE_READ)) {
      add("from", cannot(source, "be read"), "name a system that can");
    }
    if (lacks(target, Role.WRITE)) {
      add("to", cannot(target, "be written"), "name a system that can");
    }
    if (sync.part().values().values().get("create") == Boolean.TRUE && lacks(target, Role.CREATE)) {
      add(
          "create",
          cannot(target, "create datasets"),
          "create the dataset there yourself, and leave out create");
    }
  }

  private void mode() {
    if (sync.is(Mode.MIRROR) && sync.has(INCREMENTAL)) {
      add(
          INCREMENTAL,
          "a mirror must read everything to know what is gone",
          "leave out incremental, or write mode: upsert");
    }
    if (sync.is(Mode.MIRROR) && lacks(source, Role.BULK_READ)) {
      add("mode", cannot(source, "be read in bulk, as a mirror must"), "write mode: upsert");
    }
    if (sync.has("maxDeletePercent") && !sync.is(Mode.MIRROR) && sync.part().knows("mode")) {
      add(
          "maxDeletePercent",
          "only a mirror deletes what is gone",
          "write mode: mirror, or leave it out");
    }
    if (sync.is(Mode.APPEND) && sync.has("key")) {
      add(
          "key",
          "append adds every record as a new one, so none is found by a key",
          "leave out key, or write mode: upsert");
    }
    if (sync.has("map") && sync.map().isEmpty() && sync.part().knows("map")) {
      add("map", "the map is empty", "map at least one field, or leave map out");
    }
    for (String field : sync.key()) {
      if (!sync.map().isEmpty() && !sync.map().containsKey(field)) {
        add(
            "key",
            "the key field '" + field + "' is not mapped",
            NearestName.of(field, sync.map().keySet())
                .map(near -> "write '" + near + "'")
                .orElse("add it to map: " + field + ": record...."));
      }
    }
  }

  private void leaving() {
    if (!sync.is(Leaving.DELETE)) {
      return;
    }
    if (!sync.has("where")) {
      add("leaving", "without a condition no record leaves it", "add where, or leave out leaving");
    } else if (sync.is(Mode.APPEND)) {
      add("leaving", "append never deletes", "leave out leaving, or write mode: upsert");
    }
  }

  private void reading() {
    for (Strategy following : List.of(Strategy.EVENT, Strategy.BOTH)) {
      if (sync.is(following) && lacks(source, Role.CHANGE_READ)) {
        add(
            STRATEGY,
            cannot(source, "tell its changes"),
            "write strategy: schedule, with a schedule or freshness");
      }
    }
    if (sync.is(Strategy.EVENT) && sync.has(SCHEDULE)) {
      add(
          SCHEDULE,
          "strategy: event never reads on a schedule",
          "write strategy: both, or leave it out");
    }
    if (sync.is(Strategy.EVENT) && sync.has(INCREMENTAL)) {
      add(INCREMENTAL, "strategy: event reads no runs", "write strategy: both, or leave it out");
    }
    if (sync.is(Strategy.SCHEDULE) && lacks(source, Role.BULK_READ)) {
      add(STRATEGY, cannot(source, "be read in bulk"), "write strategy: event");
    }
    if (sync.is(Strategy.SCHEDULE) && !sync.has(SCHEDULE) && !sync.has(FRESHNESS)) {
      add(
          STRATEGY,
          "nothing says when the source is to be read",
          "add schedule: {every: 5m}, or freshness: 5m");
    }
  }

  /** A pass over everything would append it all again; only a person may want that. */
  private void appending() {
    if (!sync.is(Mode.APPEND)) {
      return;
    }
    if (sync.is(Strategy.BOTH)) {
      add(
          STRATEGY,
          "the pass that heals would append every record again",
          "write strategy: event, or mode: upsert");
    }
    boolean reads =
        sync.is(Strategy.SCHEDULE) || (sync.is(Strategy.AUTO) && lacks(source, Role.CHANGE_READ));
    if (reads && !sync.has(SCHEDULE) && !sync.has(INCREMENTAL)) {
      add(
          "mode",
          "each pass would append every record again",
          "add incremental: {field: ...} with a field that grows, or a schedule if that is meant");
    }
  }

  /** Only what is followed into one database has transactions that could be given up. */
  private void lanes() {
    if (!sync.has("lanes") || sync.lanes() <= 1) {
      return;
    }
    if (sync.is(Mode.APPEND)) {
      add("lanes", "what is appended keeps the order of the source", "leave out lanes");
    } else if (sync.is(Strategy.SCHEDULE) || lacks(source, Role.CHANGE_READ)) {
      add(
          "lanes",
          "lanes are for changes that are followed, and this source is read in runs",
          "write parallel for runs that read and write at once, and leave out lanes");
    }
  }

  private void promise() {
    Optional<Duration> freshness = sync.freshness();
    if (freshness.isEmpty()) {
      return;
    }
    if (freshness.get().isZero()) {
      add(FRESHNESS, "no copy is never stale", "write freshness: 1s or more");
      return;
    }
    boolean onlyTimes =
        sync.is(Strategy.SCHEDULE) || (sync.is(Strategy.AUTO) && lacks(source, Role.CHANGE_READ));
    if (!onlyTimes || sync.schedule().isEmpty()) {
      return;
    }
    Optional<Duration> shortest =
        Gaps.shortest(Schedules.of(sync.schedule().get().when()))
            .filter(gap -> gap.compareTo(freshness.get()) > 0);
    shortest.ifPresent(gap ->
        add(
            FRESHNESS,
            "the promise cannot be kept: runs are at least " + Periods.text(gap) + " apart",
            "write freshness: " + Periods.text(gap) + " or more, or schedule more often"));
  }

  private void durations() {
    sync.part()
        .part(INCREMENTAL)
        .filter(part -> part.knows("field") && part.values().text("field").isBlank())
        .ifPresent(
            part -> problems.add(part.at("field"), "the field's name is blank", "name a field"));
  }

  private static boolean lacks(@Nullable Declared system, Role role) {
    return system != null && system.lacks(role);
  }

  private static String cannot(@Nullable Declared system, String what) {
    return "the connector " + (system == null ? "" : system.connector()) + " cannot " + what;
  }

  private void add(String key, String fault, String remedy) {
    problems.add(sync.part().at(key), fault, remedy);
  }
}
