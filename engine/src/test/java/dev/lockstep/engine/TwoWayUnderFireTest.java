package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.testkit.MemorySystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits and deletes at both ends at once, while Lockstep is stopped at any step. */
class TwoWayUnderFireTest {
  private static final int KEYS = 6;
  private static final int STOPS = Integer.getInteger("lockstep.test.kills", 2);
  private static final int EDITS_A_STOP = 40;

  @TempDir Path directory;

  private final Thread.@Nullable UncaughtExceptionHandler usual =
      Thread.getDefaultUncaughtExceptionHandler();

  private final Random random = new Random(7);

  /** The names that editors gave, and those that an editor has seen and overwritten. */
  private final List<String> given = new ArrayList<>();

  private final Set<String> seen = new HashSet<>();

  /** Ends the thread that reaches a step, as a kill would end all. */
  private static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void keepStopsToThemselves() {
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
      if (!(fault instanceof Stopped) && usual != null) {
        usual.uncaughtException(thread, fault);
      }
    });
  }

  @AfterEach
  void tellAllAgain() {
    Thread.setDefaultUncaughtExceptionHandler(usual);
  }

  private static Steps stoppingAfter(int passes) {
    AtomicInteger left = new AtomicInteger(passes);
    return step -> {
      if (left.getAndDecrement() <= 0) {
        throw new Stopped();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(ConflictPolicy.class)
  void bothEndsEndEqualAndNoEditIsLostWithoutALog(ConflictPolicy policy) throws Exception {
    try (TwoWayFixture pair = new TwoWayFixture(directory, TwoWay.of("people", policy))) {
      pair.start(ConflictPolicy.FROM);
      for (int stop = 0; stop < STOPS; stop++) {
        pair.restart(stoppingAfter(random.nextInt(12)));
        edit(pair);
      }
      pair.restart(Steps.NONE);
      resolveAll(pair);
      pair.settle();
      assertThat(lost(pair)).isEmpty();
      assertThat(pair.conflicts(Conflict.State.PENDING)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void theFirstComparisonGoesOnWhereverItWasStopped(int passes) throws Exception {
    AtomicInteger left = new AtomicInteger(passes);
    Steps stopping =
        step -> {
          if ((step == Step.PAGE_READ || step == Step.SETTLED) && left.getAndDecrement() == 0) {
            throw new Stopped();
          }
        };
    try (TwoWayFixture pair =
        new TwoWayFixture(directory, TwoWay.of("people", ConflictPolicy.NEWEST))) {
      pair.a.put("people", EngineFixture.person(1, "Ada", 36));
      pair.b.put("people", EngineFixture.person(2, "Bob", 40));
      pair.open(stopping);
      pair.engine().twoWay().confirm("people", ConflictPolicy.FROM);
      pair.engine().start();
      pair.await(() -> left.get() < 0 || pair.isSettled());
      pair.restart(Steps.NONE);
      pair.settle();
      assertThat(pair.a.rows("people")).hasSize(2);
    }
  }

  private void edit(TwoWayFixture pair) throws InterruptedException {
    for (int i = 0; i < EDITS_A_STOP; i++) {
      MemorySystem system = random.nextBoolean() ? pair.a : pair.b;
      long id = random.nextInt(KEYS);
      system.commit(transaction -> {
        Optional<Row> before = system.row("people", Key.of(id));
        before.ifPresent(row -> seen.add(name(row)));
        if (before.isPresent() && random.nextInt(6) == 0) {
          transaction.remove("people", Key.of(id));
        } else {
          String name = "edit " + given.size();
          given.add(name);
          transaction.put("people", EngineFixture.person(id, name, random.nextInt(3)));
        }
      });
      Thread.sleep(random.nextInt(4));
    }
  }

  private static void resolveAll(TwoWayFixture pair) throws Exception {
    pair.await(() -> {
      for (Conflict held : pair.conflicts(Conflict.State.HELD)) {
        pair.engine().twoWay().resolve(held, End.FROM);
      }
      return pair.isSettled() && pair.conflicts(Conflict.State.HELD).isEmpty();
    });
  }

  /** Edits that are at neither end, that nobody overwrote knowingly, and that no conflict kept. */
  private Set<String> lost(TwoWayFixture pair) throws InterruptedException {
    Set<String> known = new HashSet<>(seen);
    Stream.of(pair.a, pair.b)
        .flatMap(system -> system.rows("people").stream())
        .forEach(row -> known.add(name(row)));
    for (Conflict conflict : pair.conflicts(null)) {
      conflict.from().ifPresent(row -> known.add(name(row)));
      conflict.to().ifPresent(row -> known.add(name(row)));
    }
    Set<String> lost = new HashSet<>(given);
    lost.removeAll(known);
    return lost;
  }

  private static String name(Row row) {
    return (String) Objects.requireNonNull(row.get("name"));
  }
}
