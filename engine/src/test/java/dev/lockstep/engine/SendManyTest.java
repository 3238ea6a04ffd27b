package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.key;
import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Many;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.testkit.Call;
import dev.lockstep.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that takes one record a call, or many. */
final class SendManyTest {
  @TempDir private Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = EngineFixture.in(directory).plainTarget();
    fixture.target.many(new Many(20, 100, 3));
    fixture.source.put(
        "people",
        LongStream.rangeClosed(1, 415).mapToObj(id -> person(id, "n", 1)).toArray(Row[]::new));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Run run() throws Exception {
    Engine engine =
        fixture.open(
            EngineFixture.sync()
                .strategy(Strategy.SCHEDULE)
                .at(new ScheduleSpec.When.Every(Duration.ofDays(1))));
    Run run = engine.run("people", new RunRequest(false, false), RunProgress.SILENT);
    assertThat(engine.sync("people").isBalanced()).isTrue();
    return run;
  }

  private List<Integer> sizes() {
    return fixture.target.writes().stream()
        .map(write -> write.batch().mutations().size())
        .sorted()
        .toList();
  }

  @Test
  void fullBatchesAreLargeAndTheRestIsSentOneByOne() throws Exception {
    assertThat(run().counts().applied()).isEqualTo(415);
    assertThat(fixture.target.rows("people")).hasSize(415);
    assertThat(sizes()).endsWith(100, 100).hasSizeLessThan(30).allMatch(it -> it == 1 || it >= 20);
  }

  @Test
  void whatALargeBatchLeavesOpenIsAskedByItself() throws Exception {
    fixture.target.faults().refuseOnce(key(7), new Outcome.Deferred("unclear", Optional.empty()));
    fixture.target.faults().refuse(key(8), new Outcome.Rejected("bad", "mend it"));
    Run run = run();
    assertThat(run.counts().applied()).isEqualTo(414);
    assertThat(run.counts().dead()).isEqualTo(1);
    assertThat(fixture.target.writes())
        .filteredOn(write -> write.batch().mutations().getFirst().key().equals(key(7)))
        .as("by itself")
        .anyMatch(write -> write.batch().mutations().size() == 1);
  }

  @Test
  void aLargeBatchThatFailsAsAWholeIsSentOneByOne() throws Exception {
    fixture
        .target
        .faults()
        .next(
            Call.WRITE,
            new Fault.Fails(new dev.lockstep.connector.Failure.Transient("down", Optional.empty())),
            3);
    assertThat(run().counts().applied()).isEqualTo(415);
    assertThat(fixture.target.rows("people")).hasSize(415);
  }
}
