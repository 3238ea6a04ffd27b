package dev.lockstep.engine.sync;

import dev.lockstep.engine.schedule.ScheduleSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sync as a test declares it: every default, but for what the test is about. */
public final class TestSync {
  private final SyncSpec plain;
  private Optional<String> where;
  private Leaving leaving;
  private Map<String, String> map;
  private List<String> key;
  private Optional<Duration> freshness;
  private Strategy strategy;
  private Optional<ScheduleSpec> schedule;
  private Mode mode;
  private Optional<Incremental> incremental;
  private Retry retry;
  private boolean create;
  private Policies policies = Policies.DEFAULT;

  private TestSync(SyncSpec plain) {
    this.plain = plain;
    this.where = plain.where();
    this.leaving = plain.leaving();
    this.map = plain.map();
    this.key = plain.key();
    this.freshness = plain.freshness();
    this.strategy = plain.strategy();
    this.schedule = plain.schedule();
    this.mode = plain.mode();
    this.incremental = plain.incremental();
    this.retry = plain.retry();
    this.create = plain.create();
  }

  /**
   * @param from such as {@code source.people}
   * @param to likewise
   */
  public static TestSync of(String name, String from, String to) {
    return new TestSync(SyncSpec.of(name, endpoint(from), endpoint(to)));
  }

  private static Endpoint endpoint(String text) {
    String[] parts = text.split("\\.", 2);
    return Endpoint.of(parts[0], parts[1]);
  }

  public TestSync where(Optional<String> condition) {
    where = condition;
    return this;
  }

  public TestSync leaving(Leaving declared) {
    leaving = declared;
    return this;
  }

  public TestSync map(Map<String, String> expressions) {
    map = expressions;
    return this;
  }

  public TestSync key(List<String> fields) {
    key = fields;
    return this;
  }

  public TestSync fresh(Duration promise) {
    freshness = Optional.of(promise);
    return this;
  }

  public TestSync strategy(Strategy declared) {
    strategy = declared;
    return this;
  }

  public TestSync at(ScheduleSpec.When when) {
    schedule = Optional.of(ScheduleSpec.of(when));
    return this;
  }

  public TestSync mode(Mode declared) {
    mode = declared;
    return this;
  }

  public TestSync incremental(String field, Duration overlap) {
    incremental = Optional.of(new Incremental(field, overlap));
    return this;
  }

  public TestSync retry(Retry declared) {
    retry = declared;
    return this;
  }

  public TestSync policies(Policies declared) {
    policies = declared;
    return this;
  }

  public TestSync creating() {
    create = true;
    return this;
  }

  public SyncSpec spec() {
    return new SyncSpec(
        plain.name(),
        plain.from(),
        plain.to(),
        where,
        leaving,
        new LinkedHashMap<>(map),
        key,
        freshness,
        strategy,
        schedule,
        mode,
        incremental,
        plain.guard(),
        retry,
        plain.parallel(),
        create,
        policies);
  }
}
