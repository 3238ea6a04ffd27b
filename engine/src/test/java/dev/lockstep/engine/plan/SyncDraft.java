package dev.lockstep.engine.plan;

import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Incremental;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.time.Duration;
import java.util.Optional;

/** A sync from hub.distributors to crm.accounts, declared step by step. */
record SyncDraft(
    Strategy strategy,
    Mode mode,
    Optional<Duration> freshness,
    Optional<ScheduleSpec> schedule,
    Optional<Incremental> incremental) {

  static SyncDraft sync() {
    return new SyncDraft(
        Strategy.AUTO, Mode.UPSERT, Optional.empty(), Optional.empty(), Optional.empty());
  }

  SyncDraft strategy(Strategy declared) {
    return new SyncDraft(declared, mode, freshness, schedule, incremental);
  }

  SyncDraft mode(Mode declared) {
    return new SyncDraft(strategy, declared, freshness, schedule, incremental);
  }

  SyncDraft fresh(Duration promise) {
    return new SyncDraft(strategy, mode, Optional.of(promise), schedule, incremental);
  }

  SyncDraft at(When when) {
    return new SyncDraft(
        strategy, mode, freshness, Optional.of(ScheduleSpec.of(when)), incremental);
  }

  SyncDraft incremental(String field) {
    return new SyncDraft(
        strategy, mode, freshness, schedule, Optional.of(new Incremental(field, Duration.ZERO)));
  }

  SyncSpec spec() {
    SyncSpec plain =
        SyncSpec.of(
            "distributors", Endpoint.of("hub", "distributors"), Endpoint.of("crm", "accounts"));
    return new SyncSpec(
        plain.name(),
        plain.from(),
        plain.to(),
        plain.where(),
        plain.leaving(),
        plain.map(),
        plain.key(),
        freshness,
        strategy,
        schedule,
        mode,
        incremental,
        plain.guard(),
        plain.retry(),
        plain.parallel(),
        plain.create());
  }
}
