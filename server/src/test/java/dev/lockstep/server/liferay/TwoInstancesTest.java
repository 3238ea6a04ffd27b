package dev.lockstep.server.liferay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two instances that are kept equal in both directions by a third, while both are edited at once
 * and all three are killed. For longer: {@code -Dlockstep.test.two.seconds=600}.
 */
final class TwoInstancesTest {
  private static final int SECONDS = Integer.getInteger("lockstep.test.two.seconds", 4);
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final String SYSTEM =
      """
        %s:
          connector: liferay
          url: "%s"
          webhook: {url: "http://127.0.0.1:%d", secret: "a secret of both"}
          sweep: {interval: 1s, overlap: 5s, deletions: 10s}
      """;

  @TempDir private Path folder;
  private final AtomicLong written = new AtomicLong();
  private volatile boolean over;

  @Test
  void theyEndEqualWithoutAnEchoWhoeverIsKilled() throws Exception {
    int port = FreePort.take();
    try (Child one = Child.start(folder.resolve("one"), FreePort.take(), "");
        Child two = Child.start(folder.resolve("two"), FreePort.take(), "")) {
      Tickets.define(one);
      Tickets.define(two);
      Tickets.put(one, "tickets", "t-1", "{'subject':'of one'}").is(200);
      Tickets.put(two, "tickets", "t-1", "{'subject':'of two'}").is(200);
      Tickets.put(two, "tickets", "t-2", "{'subject':'two alone'}").is(200);
      Tickets.put(two, "replies", "r-2", "{'text':'R','r_replies_c_ticketERC':'t-2'}").is(200);
      String config =
          "systems:\n"
              + SYSTEM.formatted("one", one.address(), port)
              + SYSTEM.formatted("two", two.address(), port)
              + """
              syncs:
                tickets: {from: one.tickets, to: two.tickets, direction: both, conflicts: {policy: newest}}
                replies: {from: one.replies, to: two.replies, direction: both, conflicts: {policy: newest}}
              """;
      try (Child between = Child.start(folder.resolve("between"), port, config)) {
        for (String sync : List.of("tickets", "replies")) {
          Instance.until("compared", () -> first(between, sync));
        }
        Instance.until("made equal", () -> isEqual(one, two));
        edit(one, two, between);
        awaitEqual(one, two, between);
        staysAsItIs(one, two);
        System.out.println(
            written + " writes, " + conflicts(between) + " conflicts, " + counts(between));
      }
    }
  }

  /** What is only on one side comes to the other; where both differ, the newer one wins. */
  private static boolean first(Side between, String sync) throws Exception {
    return between.send("POST", "/api/v1/syncs/" + sync + "/first?different=from", "").status()
        < 300;
  }

  private void edit(Child one, Child two, Child between) throws Exception {
    List<Thread> writers = new ArrayList<>();
    for (Child side : List.of(one, two)) {
      Random random = new Random(side == one ? 1 : 2);
      writers.add(Thread.ofVirtual().start(() -> editUntilOver(side, random)));
    }
    Random random = new Random(3);
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    List<Child> victims = List.of(between, one, two);
    for (int kill = 0; System.nanoTime() < end; kill++) {
      Thread.sleep(Math.min(SECONDS * 500L, 2_000 + random.nextInt(15_000)));
      victims.get(kill % 3).killAndStart();
    }
    over = true;
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private void editUntilOver(Side side, Random random) {
    while (!over) {
      try {
        Thread.sleep(20 + random.nextInt(100));
        String code = "t-" + random.nextInt(40);
        if (random.nextInt(8) == 0) {
          Tickets.delete(side, "tickets", code);
        } else if (random.nextInt(3) == 0) {
          Tickets.put(
              side,
              "replies",
              "r-" + code,
              "{'text':'%d','r_replies_c_ticketERC':'%s'}".formatted(random.nextInt(999), code));
        } else {
          Tickets.put(
              side,
              "tickets",
              code,
              "{'subject':'s%d','number':%d}".formatted(random.nextInt(999), random.nextInt(9)));
        }
        written.incrementAndGet();
      } catch (IOException killed) {
        // It is back in a moment; whether this write was taken, both sides will agree on.
        continue;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static boolean isEqual(Side one, Side two) throws Exception {
    Map<String, String> here = read(one);
    return here != null && here.equals(read(two));
  }

  private static @Nullable Map<String, String> read(Side side) throws Exception {
    try {
      Map<String, String> all = new TreeMap<>(Tickets.contents(side, "tickets"));
      all.putAll(Tickets.contents(side, "replies"));
      return all;
    } catch (IOException away) {
      return null;
    }
  }

  private static void awaitEqual(Side one, Side two, Side between) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!isEqual(one, two)) {
      if (System.nanoTime() > end) {
        assertThat(read(two))
            .as(between.send("GET", "/api/v1/status", "").body())
            .isEqualTo(read(one));
      }
      Thread.sleep(100);
    }
  }

  /** Invariant 6: an echo would write one side or the other again, and again. */
  private static void staysAsItIs(Side one, Side two) throws Exception {
    Thread.sleep(2_000);
    String before = versions(one) + versions(two);
    Thread.sleep(3_000);
    assertThat(versions(one) + versions(two)).isEqualTo(before);
    assertThat(isEqual(one, two)).isTrue();
  }

  private static String versions(Side side) throws Exception {
    StringBuilder versions = new StringBuilder();
    for (String objects : List.of("tickets", "replies")) {
      JsonNode answer =
          side.send(
                  "GET", "/o/c/" + objects + "?pageSize=500&sort=id:asc&fields=id,dateModified", "")
              .is(200)
              .json();
      versions.append(answer.path("items"));
    }
    return versions.toString();
  }

  private static long conflicts(Side between) throws Exception {
    return between.send("GET", "/api/v1/conflicts?limit=500", "").json().path("items").size();
  }

  private static String counts(Side between) throws Exception {
    StringBuilder counts = new StringBuilder();
    for (JsonNode sync : between.send("GET", "/api/v1/status", "").is(200).json().path("syncs")) {
      counts.append(sync.path("name").asString()).append(' ').append(sync.path("counts"));
    }
    return counts.toString();
  }
}
