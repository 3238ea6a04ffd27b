package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.faults.FaultProxy;
import dev.lockstep.testkit.faults.RestTarget;
import dev.lockstep.testkit.faults.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network and an API that fail, between the connector and the records. */
class FaultsTest {
  private static final String CALLS =
      """
      list: {get: '/things?limit=5&after={cursor}', items: data.records, next: paging.next}
      upsert: {put: '/things/{id}'}
      delete: {delete: '/things/{id}'}
      """;

  private Rig rig;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig();
    proxy = FaultProxy.before(rig.target.url());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    rig.close();
  }

  private Connection connect() {
    return rig.connect(proxy.url(), "timeout: {request: 300ms, connect: 1s}", CALLS);
  }

  @Test
  void aLostAnswerLeavesTheRecordAppliedAndTheCallUnknown() throws InterruptedException {
    Connection connection = connect();
    proxy.script(new Trouble.LoseAnswer());
    Failure failure = Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "1")));
    assertThat(failure).isInstanceOf(Failure.Transient.class);
    assertThat(rig.target.collection("things").contents()).containsKey("k");
    assertThat(rig.writeOne(connection, Rig.upsert("k", "1"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.target.collection("things").contents()).hasSize(1);
  }

  @Test
  void aHangEndsInTimeAndIsTransient() throws InterruptedException {
    Connection connection = connect();
    proxy.script(new Trouble.Hang());
    assertThat(Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "1"))))
        .isInstanceOf(Failure.Transient.class)
        .extracting(Failure::message)
        .asString()
        .contains("no answer came within 300 ms");
    assertThat(rig.writeOne(connection, Rig.upsert("k", "1"))).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void anAnswerThatDripsEndsInTimeThoughItIsNeverSilent() {
    Connection connection = connect();
    proxy.script(new Trouble.Drip(Duration.ofMillis(40)));
    assertThat(Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "1"))))
        .isInstanceOf(Failure.Transient.class);
    assertThat(rig.target.collection("things").contents()).containsKey("k");
  }

  @Test
  void aConnectionThatWasClosedWhileIdleCostsNoRecord() throws InterruptedException {
    Connection connection = connect();
    assertThat(rig.writeOne(connection, Rig.upsert("a", "1"))).isEqualTo(Outcome.APPLIED);
    proxy.script(new Trouble.Reset());
    assertThat(rig.writeOne(connection, Rig.upsert("b", "1"))).isEqualTo(Outcome.APPLIED);
    assertThat(proxy.counts()).containsEntry("Reset", 1L).containsEntry("Passed", 2L);
  }

  @Test
  void refusedConnectionsAreTransientAndPass() throws IOException, InterruptedException {
    Connection connection = connect();
    proxy.refuseConnections();
    Failure failure = Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "1")));
    assertThat(failure).isInstanceOf(Failure.Transient.class);
    assertThat(failure.message()).contains("refuses the connection");
    assertThat(connection.check())
        .singleElement()
        .satisfies(problem -> assertThat(problem.setting()).isEqualTo("url"));
    proxy.calm();
    assertThat(connection.check()).isEmpty();
    assertThat(rig.writeOne(connection, Rig.upsert("k", "1"))).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void aPeerThatTakesTheConnectionAndNothingElseIsGivenUp()
      throws IOException, InterruptedException {
    Connection connection = connect();
    proxy.goDeaf();
    assertThat(Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "1"))))
        .isInstanceOf(Failure.Transient.class);
    proxy.calm();
    assertThat(rig.writeOne(connection, Rig.upsert("k", "1"))).isEqualTo(Outcome.APPLIED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 60, 150, 200, 260, 400})
  void aListThatIsCutAnywhereGoesOnAfterItsLastPage(int bytes) throws InterruptedException {
    rig.fill(23);
    Connection connection = connect();
    proxy.script(new Trouble.CutAnswer(Integer.MAX_VALUE), new Trouble.CutAnswer(bytes));
    List<String> ids = new ArrayList<>();
    Optional<Position> after = Optional.empty();
    for (int attempt = 0; attempt < 5; attempt++) {
      after = readUntilCut(connection, after, ids);
      if (after.isEmpty()) {
        break;
      }
    }
    assertThat(ids).isEqualTo(Rig.ids(1, 23));
  }

  /** Empty when the list came to its end. */
  private static Optional<Position> readUntilCut(
      Connection connection, Optional<Position> from, List<String> ids)
      throws InterruptedException {
    Optional<Position> after = from;
    var reader = connection.bulkReader().orElseThrow();
    var request =
        new dev.lockstep.connector.BulkReader.Request(Rig.THINGS, List.of(), Optional.empty(), 2);
    try (var cursor = reader.read(reader.plan(request, 1).getFirst(), from)) {
      Optional<Page> page;
      while ((page = cursor.next()).isPresent()) {
        ids.addAll(Rig.ids(List.of(page.get())));
        after = Optional.of(page.get().resumeAfter());
      }
      return Optional.empty();
    } catch (ConnectorException cut) {
      assertThat(cut.failure()).isInstanceOf(Failure.Transient.class);
      return after.or(() -> Optional.of(Place.start().position()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void afterAllFaultsTheTargetHoldsWhatWasWritten(long seed)
      throws IOException, InterruptedException {
    Connection connection = connect();
    proxy.trouble(
        seed,
        0.4,
        new Trouble.Answer(429, Optional.of("0")),
        Trouble.Answer.of(500),
        Trouble.Answer.of(503),
        new Trouble.LoseAnswer(),
        new Trouble.CutAnswer(20),
        new Trouble.CutRequest(40),
        new Trouble.Reset());
    Map<String, String> expected = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    Deque<Integer> work = new ArrayDeque<>();
    for (int i = 0; i < 120; i++) {
      work.add(i);
    }
    int attempts = 0;
    while (!work.isEmpty()) {
      if (++attempts > 1000) {
        proxy.calm();
      }
      int i = work.remove();
      String result = attempt(connection, i);
      counts.merge(result, 1, Integer::sum);
      if (!result.equals("Applied") && !result.equals("Unchanged")) {
        work.addFirst(i);
      } else if (i % 10 == 9) {
        expected.remove("k" + (i - 1));
      } else {
        expected.put("k" + i, "{\"id\":\"k" + i + "\",\"name\":\"v" + i + "\"}");
      }
    }
    assertThat(rig.target.collection("things").contents()).isEqualTo(expected);
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(attempts);
    assertThat(counts.getOrDefault("Applied", 0) + counts.getOrDefault("Unchanged", 0))
        .isEqualTo(120);
    assertThat(proxy.counts().keySet()).hasSizeGreaterThan(5);
  }

  /** Every tenth deletes its predecessor. */
  private String attempt(Connection connection, int i) throws InterruptedException {
    try {
      Outcome outcome =
          rig.writeOne(
              connection, i % 10 == 9 ? Rig.delete("k" + (i - 1)) : Rig.upsert("k" + i, "v" + i));
      return outcome.getClass().getSimpleName();
    } catch (ConnectorException failed) {
      assertThat(failed.failure()).isInstanceOf(Failure.Transient.class);
      return "Transient";
    }
  }

  @Test
  void theSameSeedBringsTheSameTroubles() throws IOException, InterruptedException {
    List<Map<String, Long>> counts = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (RestTarget target = RestTarget.start();
          FaultProxy other = FaultProxy.before(target.url())) {
        other.trouble(42, 0.5, Trouble.Answer.of(503), Trouble.Answer.of(429));
        Connection connection = rig.connect(other.url(), "", CALLS);
        for (int i = 0; i < 50; i++) {
          attempt(connection, i);
        }
        counts.add(other.counts());
      }
    }
    assertThat(counts.get(0))
        .isEqualTo(counts.get(1))
        .containsKeys("Answer503", "Answer429", "Passed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptEndsAWriteThatWaits(boolean virtual) throws Exception {
    Connection connection = rig.connect(proxy.url(), "", CALLS);
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    rig.target.gate(seen -> {
      arrived.countDown();
      try {
        release.await();
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    });
    FutureTask<Object> task =
        new FutureTask<>(() -> rig.writeOne(connection, Rig.upsert("k", "1")));
    Thread thread = virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task);
    arrived.await();
    thread.interrupt();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> task.get(Await.LONGEST.toSeconds(), TimeUnit.SECONDS)))
        .hasCauseInstanceOf(InterruptedException.class);
    release.countDown();
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    Connection connection = rig.connect(CALLS);
    List<Thread> threads = new ArrayList<>();
    Set<String> ports = ConcurrentHashMap.newKeySet();
    rig.target.onConnection(ports::add);
    for (int t = 0; t < 8; t++) {
      int id = t;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 50; i++) {
                  try {
                    connection
                        .writer()
                        .orElseThrow()
                        .write(Rig.batch("b" + id + "-" + i, Rig.upsert("k" + id, "v" + i)));
                  } catch (InterruptedException cancelled) {
                    Thread.currentThread().interrupt();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(rig.target.collection("things").writes()).isEqualTo(400);
    assertThat(ports).hasSizeLessThanOrEqualTo(8);
  }
}
