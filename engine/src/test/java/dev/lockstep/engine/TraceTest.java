package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.testkit.Call;
import dev.lockstep.testkit.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
  @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = EngineFixture.in(directory);
    fixture.source.put("people", person(1, "Ada", 36), person(2, "Grace", 85));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Engine ran(TestSync spec) throws Exception {
    Engine engine = fixture.open(spec.strategy(Strategy.SCHEDULE));
    assertThat(
            engine
                .run("people", new RunRequest(false, false), RunProgress.SILENT)
                .counts()
                .applied())
        .isPositive();
    return engine;
  }

  @Test
  void whatOnlyARunBroughtIsSeenInTheTarget() throws Exception {
    Trace trace = ran(EngineFixture.sync()).trace("people", "1");
    assertThat(trace.events()).isEmpty();
    assertThat(trace.inTarget()).contains(person(1, "Ada", 36));
    assertThat(trace.note()).contains("a run brought it");
  }

  @Test
  void aKeyThatTheSourceDoesNotHaveIsLookedUpByTheKeyAlone() throws Exception {
    Engine engine = ran(EngineFixture.sync());
    fixture.source.remove("people", EngineFixture.key(2));
    Trace trace = engine.trace("people", "2");
    assertThat(trace.inTarget()).contains(person(2, "Grace", 85));
    assertThat(trace.note()).contains("no such record now");
    Trace never = engine.trace("people", "3");
    assertThat(never.targetAsked()).isTrue();
    assertThat(never.inTarget()).isEmpty();
  }

  @Test
  void theTargetsKeyComesFromTheMapping() throws Exception {
    TestSync mapped =
        EngineFixture.sync()
            .map(Map.of("id", "record.age + 1000", "name", "record.name", "age", "record.age"));
    Engine engine = ran(mapped);
    assertThat(engine.trace("people", "1").inTarget()).contains(person(1036, "Ada", 36));
    fixture.source.remove("people", EngineFixture.key(1));
    Trace gone = engine.trace("people", "1");
    assertThat(gone.targetAsked()).isFalse();
    assertThat(gone.note()).contains("no such record now", "does not tell the target's key");
  }

  @Test
  void whatWasCapturedBeforeTheSyncFollowedIsNotSaidToWait() throws Exception {
    Engine first = fixture.start(EngineFixture.sync().strategy(Strategy.EVENT));
    fixture.await(() -> first.sync("people").state() == SyncStatus.State.READY);
    fixture.source.put("people", person(1, "Ada", 37));
    fixture.await(() -> first.sync("people").counts().applied() == 3);
    assertThat(first.trace("people", "1").events())
        .extracting(Trace.Event::what)
        .containsExactly("taken by delivery");
    fixture.stop();
    fixture.target.create(Dataset.of("later", EngineFixture.PEOPLE, "id"));
    Engine engine =
        fixture.start(
            EngineFixture.sync().strategy(Strategy.EVENT),
            TestSync.of("later", "source.people", "target.later").strategy(Strategy.EVENT));
    fixture.await(() -> engine.sync("later").state() == SyncStatus.State.READY);
    Trace trace = engine.trace("later", "1");
    assertThat(trace.events())
        .extracting(Trace.Event::what)
        .containsExactly("before the sync began");
    assertThat(trace.inTarget()).contains(person(1, "Ada", 37));
  }

  @Test
  void whatCannotBeSeenIsSaidAndTheRestIsTold() throws Exception {
    Engine engine = fixture.start(EngineFixture.sync().strategy(Strategy.EVENT));
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.READY);
    fixture.source.put("people", person(1, "Ada L", 36));
    fixture.settled(3);
    fixture.target.faults().next(Call.LOOKUP, Fault.unavailable());
    Trace away = engine.trace("people", "1");
    assertThat(away.events()).hasSize(1);
    assertThat(away.targetAsked()).isFalse();
    assertThat(away.note()).contains("the target cannot be asked", "unavailable");
    fixture.source.faults().next(Call.DISCOVER, Fault.unavailable());
    Trace blind = engine.trace("people", "1");
    assertThat(blind.events()).hasSize(1);
    assertThat(blind.note()).contains("the source cannot be asked");
    assertThat(engine.trace("people", "no number").note()).contains("no key of source.people");
    assertThat(engine.trace("people", "1").note()).isEmpty();
  }
}
