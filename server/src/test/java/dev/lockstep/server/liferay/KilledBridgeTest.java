package dev.lockstep.server.liferay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of whoever follows, of the side that is followed, and of the one that is written to.
 * There are no sweeps in between: what the source was told to be safe must have been safe.
 */
final class KilledBridgeTest {
  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedArrivesWhoeverIsKilled() throws Exception {
    int kills = Integer.getInteger("lockstep.test.kills", 3);
    Random random = new Random(5);
    int port = FreePort.take();
    int sourcePort = FreePort.take();
    int targetPort = FreePort.take();
    try (Child source = Child.start(folder.resolve("source"), sourcePort, "");
        Child target = Child.start(folder.resolve("target"), targetPort, "")) {
      Tickets.define(source);
      Tickets.define(target);
      String bridge =
          """
          systems:
            source:
              connector: liferay
              url: "%s"
              webhook: {url: "http://127.0.0.1:%d", secret: "a secret of both"}
              sweep: {interval: 1h, deletions: off}
            target: {connector: liferay, url: "%s"}
          syncs:
            tickets: {from: source.tickets, to: target.tickets, freshness: 1s}
            replies: {from: source.replies, to: target.replies, freshness: 1s}
          """
              .formatted(source.address(), port, target.address());
      try (Child follower = Child.start(folder.resolve("bridge"), port, bridge)) {
        Tickets.put(source, "tickets", "t-0", "{'number':0}").is(200);
        Instance.until("it follows", () -> isEqual(source, target));
        for (int kill = 0; kill < kills; kill++) {
          write(source, kill, random);
          Child victim = kill % 3 == 0 ? follower : kill % 3 == 1 ? source : target;
          Thread writer = Thread.ofVirtual().start(() -> writeOn(source, random.nextInt()));
          Thread.sleep(random.nextInt(300));
          victim.killAndStart();
          writer.join();
        }
        Instance.until("all came", () -> isEqual(source, target));
        assertThat(Tickets.contents(target, "tickets")).hasSizeGreaterThan(kills);
        assertThat(follower.send("GET", "/api/v1/letters", "").is(200).json().path("items"))
            .isEmpty();
      }
    }
  }

  private static boolean isEqual(Side source, Side target) throws Exception {
    @Nullable Map<String, String> here = read(source);
    return here != null && here.equals(read(target));
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

  private static void write(Side source, int round, Random random) throws Exception {
    for (int i = 0; i < 15; i++) {
      String code = "t-" + round + "-" + random.nextInt(8);
      if (random.nextInt(5) == 0) {
        Tickets.delete(source, "tickets", code);
      } else {
        Tickets.put(source, "tickets", code, "{'number':" + i + "}").is(200);
        Tickets.put(
            source,
            "replies",
            "r-" + code,
            "{'text':'" + i + "','r_replies_c_ticketERC':'" + code + "'}");
      }
    }
  }

  /** Goes on until something is killed. */
  private static void writeOn(Side source, long seed) {
    Random random = new Random(seed);
    try {
      for (int i = 0; i < 60; i++) {
        Tickets.put(source, "tickets", "w-" + random.nextInt(9), "{'number':" + i + "}");
      }
    } catch (Exception killed) {
      // Whether the last write was done is not known, and does not matter: both sides are compared.
      return;
    }
  }
}
