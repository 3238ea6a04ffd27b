package dev.lockstep.hub;

import static dev.lockstep.hub.HubFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several callers at once: one wins, the others are told, and nothing is lost. */
class ConcurrencyTest {
  private static final int CALLERS = 16;
  private static final EntryRef CODE = new EntryRef.Code("d-1");

  @TempDir Path folder;
  private HubFixture fixture;
  private Hub hub;

  @BeforeEach
  void open() throws InterruptedException {
    fixture = HubFixture.in(folder);
    hub = fixture.hub();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private interface Attempt {
    void make(int caller) throws InterruptedException;
  }

  /** Makes all attempts at once; answers the rules that the refused ones broke. */
  private static List<Rule> refusals(Attempt attempt) throws Exception {
    List<Callable<List<Rule>>> work = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      work.add(() -> {
        try {
          attempt.make(caller);
          return List.of();
        } catch (EntriesRefused refused) {
          return refused.problems().stream().map(EntryProblem::rule).toList();
        }
      });
    }
    List<Rule> rules = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Rule>> each : threads.invokeAll(work)) {
        rules.addAll(each.get());
      }
    }
    return rules;
  }

  @Test
  void oneOfManyCreatesACode() throws Exception {
    assertThat(
            refusals(caller ->
                hub.create(
                    "distributors", draft("d-1", "businessName", "B" + caller), Author.UNKNOWN)))
        .hasSize(CALLERS - 1)
        .containsOnly(Rule.EXISTS);
    assertThat(fixture.events()).isEqualTo(1);
  }

  @Test
  void oneOfManyGetsAUniqueValue() throws Exception {
    assertThat(
            refusals(caller ->
                hub.create(
                    "distributors",
                    draft("d-" + caller, "businessName", "B", "email", "same@x"),
                    Author.UNKNOWN)))
        .hasSize(CALLERS - 1)
        .containsOnly(Rule.UNIQUE);
  }

  @Test
  void oneOfManyChangesAVersion() throws Exception {
    hub.create("distributors", draft("d-1", "businessName", "B"), Author.UNKNOWN);
    assertThat(
            refusals(caller ->
                hub.patch(
                    "distributors",
                    CODE,
                    draft(null, "businessName", "B" + caller),
                    new Match.Version(1),
                    Author.UNKNOWN)))
        .hasSize(CALLERS - 1)
        .containsOnly(Rule.VERSION);
    assertThat(hub.find("distributors", CODE).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void unconditionalChangesFollowOneAnotherAndEachReadsItsOwn() throws Exception {
    hub.create("distributors", draft("d-1", "businessName", "B"), Author.UNKNOWN);
    assertThat(
            refusals(caller -> {
              Applied applied =
                  hub.patch(
                      "distributors",
                      CODE,
                      draft(null, "email", caller + "@x"),
                      Match.ANY,
                      Author.UNKNOWN);
              long seen = hub.find("distributors", CODE).orElseThrow().version();
              assertThat(seen).isGreaterThanOrEqualTo(applied.entry().version());
            }))
        .isEmpty();
    assertThat(hub.find("distributors", CODE).orElseThrow().version()).isEqualTo(CALLERS + 1);
    assertThat(fixture.events()).isEqualTo(CALLERS + 1);
  }
}
