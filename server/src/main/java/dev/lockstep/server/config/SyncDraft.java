package dev.lockstep.server.config;

import dev.lockstep.connector.Settings;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Guard;
import dev.lockstep.engine.sync.Incremental;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.TwoWay;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A sync as far as it could be read: what is sound in it can be checked whatever the rest.
 *
 * @param part its keys
 * @param from its source, if that could be read
 * @param to its target, if that could be read
 * @param schedule its schedule, if it has one that could be read
 */
record SyncDraft(
    String name,
    Part part,
    Optional<Endpoint> from,
    Optional<Endpoint> to,
    Optional<ScheduleSpec> schedule,
    Retry retry) {

  Where where() {
    return part.where();
  }

  boolean has(String key) {
    return part.has(key);
  }

  /** The word of a choice; empty when it is not sound. */
  private String word(String key) {
    return part.values().optionalText(key).orElse("");
  }

  boolean is(Mode mode) {
    return word("mode").equalsIgnoreCase(mode.name());
  }

  boolean is(Strategy strategy) {
    return word("strategy").equalsIgnoreCase(strategy.name());
  }

  boolean is(Leaving leaving) {
    return word("leaving").equalsIgnoreCase(leaving.name());
  }

  /** Whether it keeps both ends equal. */
  boolean isTwoWay() {
    return word("direction").equals("both");
  }

  /** The same with its ends exchanged. */
  SyncDraft turned() {
    return new SyncDraft(name, part, to, from, schedule, retry);
  }

  private Optional<TwoWay> twoWay() {
    if (!isTwoWay()) {
      return Optional.empty();
    }
    Optional<Part> conflicts = part.part("conflicts");
    return Optional.of(
        new TwoWay(
            name,
            false,
            conflicts
                .map(it -> Words.conflictPolicy(it.values().text("policy")))
                .orElse(ConflictPolicy.NEWEST),
            conflicts.map(SyncDraft::fieldPolicies).orElse(Map.of()),
            modified(conflicts, "from"),
            modified(conflicts, "to")));
  }

  private static Map<String, ConflictPolicy> fieldPolicies(Part conflicts) {
    Map<String, ConflictPolicy> fields = new LinkedHashMap<>();
    if (conflicts.has("fields")) {
      conflicts
          .values()
          .words("fields")
          .forEach((field, word) -> fields.put(field, Words.conflictPolicy(word)));
    }
    return fields;
  }

  private static Optional<String> modified(Optional<Part> conflicts, String end) {
    return conflicts
        .flatMap(it -> it.part("modified"))
        .flatMap(it -> it.values().optionalText(end));
  }

  /** The syncs it stands for: one, or one there and one back. */
  List<SyncSpec> specs() {
    Optional<SyncSpec> spec = spec();
    if (spec.isEmpty() || spec.get().twoWay().isEmpty()) {
      return spec.stream().toList();
    }
    return List.of(spec.get(), spec.get().returning(Inverse.of(map()), List.of()));
  }

  Optional<Duration> freshness() {
    return part.values().optionalPeriod("freshness");
  }

  SequencedMap<String, String> map() {
    return part.values().values().get("map") instanceof Settings
        ? part.values().words("map")
        : new LinkedHashMap<>();
  }

  List<String> key() {
    return part.values().texts("key");
  }

  /** Whether it is the sync of a whole schema. */
  boolean isGroup() {
    return from.filter(Star::isIn).isPresent() || to.filter(Star::isIn).isPresent();
  }

  /** The syncs it stands for, as far as they can be told of its ends alone. */
  Optional<SyncGroup> group() {
    SyncSpec ends = mapping();
    return Star.of(ends.from().dataset().name()).isPresent()
            && Star.of(ends.to().dataset().name()).isPresent()
        ? Optional.of(group(ends))
        : Optional.empty();
  }

  /** The syncs it stands for, as a template has them. */
  SyncGroup group(SyncSpec template) {
    return new SyncGroup(template, part.values().texts("tables"), part.values().texts("except"));
  }

  /** The target fields it writes; empty when it may write all. */
  Optional<Set<String>> writes() {
    return map().isEmpty() ? Optional.empty() : Optional.of(map().keySet());
  }

  /** How many lanes it asks for; 1 when that could not be read. */
  long lanes() {
    return part.knows("lanes") ? part.values().whole("lanes") : 1;
  }

  private Optional<Incremental> incremental() {
    return part.part("incremental")
        .filter(it -> it.knows("field") && it.knows("overlap"))
        .map(it -> new Incremental(it.values().text("field"), it.values().period("overlap")));
  }

  /** What it says of records and fields alone, whatever else is wrong with it. */
  SyncSpec mapping() {
    SyncSpec bare =
        SyncSpec.of(
            name,
            from.orElse(Endpoint.of("source", "source")),
            to.orElse(Endpoint.of("target", "target")));
    return new SyncSpec(
        name,
        bare.from(),
        bare.to(),
        part.values().optionalText("where"),
        is(Leaving.DELETE) ? Leaving.DELETE : Leaving.KEEP,
        map(),
        key(),
        bare.freshness(),
        bare.strategy(),
        bare.schedule(),
        is(Mode.APPEND) ? Mode.APPEND : Mode.UPSERT,
        bare.incremental(),
        bare.guard(),
        bare.retry(),
        bare.parallel(),
        bare.create(),
        bare.policies());
  }

  /** The sync; empty when a part that every sync has could not be read. */
  Optional<SyncSpec> spec() {
    if (!part.sound() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Settings values = part.values();
    Policies policies =
        Words.policies(
            values.text("onRefusal"), values.text("onSchemaChange"), (int) values.whole("lanes"));
    return Optional.of(
        new SyncSpec(
            name,
            from.get(),
            to.get(),
            values.optionalText("where"),
            Words.leaving(values.text("leaving")),
            map(),
            key(),
            freshness(),
            isTwoWay() ? Strategy.EVENT : Words.strategy(values.text("strategy")),
            schedule,
            Words.mode(values.text("mode")),
            incremental(),
            new Guard((int) values.whole("maxDeletePercent")),
            retry,
            (int) values.whole("parallel"),
            values.flag("create"),
            twoWay().map(policies::with).orElse(policies)));
  }
}
