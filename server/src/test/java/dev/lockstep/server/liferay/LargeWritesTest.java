package dev.lockstep.server.liferay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.FreePort;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Many entries are written by import tasks of the other side, whatever these are worth. */
final class LargeWritesTest {
  private static final int MANY = 600;

  @TempDir private Path folder;
  private Instance other;

  @BeforeEach
  void start() throws Exception {
    other = Instance.ofObjects(folder.resolve("other"));
    Tickets.define(other);
  }

  @AfterEach
  void stop() {
    other.close();
  }

  /** One with tickets of its own, and a sync that a person starts. */
  private Instance bridge(URI target, String write) throws Exception {
    Instance bridge =
        Instance.of(
            folder.resolve("bridge" + write.hashCode()),
            """
            systems:
              other: {connector: liferay, url: "%s", write: %s}
            syncs:
              tickets: {from: hub.tickets, to: other.tickets, schedule: {every: 365d}}
            """
                .formatted(target, write));
    Tickets.define(bridge);
    return bridge;
  }

  private static void fill(Side instance, String objects, int count, String more) throws Exception {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < count; i++) {
      items
          .append(i == 0 ? "[" : ",")
          .append("{\"externalReferenceCode\":\"e-")
          .append(i)
          .append("\"")
          .append(more.replace("NUMBER", Integer.toString(i)))
          .append('}');
    }
    long task =
        instance
            .send("POST", "/o/c/" + objects + "/batch?createStrategy=UPSERT", items + "]")
            .is(202)
            .json()
            .path("id")
            .longValue();
    Instance.until("filled", () -> task(instance, task).path("endTime").isString());
    assertThat(task(instance, task).path("failedItemsCount").intValue(-1)).isZero();
  }

  private static JsonNode task(Side instance, long id) throws Exception {
    return instance
        .send("GET", "/o/headless-batch-engine/v1.0/import-task/" + id, "")
        .is(200)
        .json();
  }

  private static JsonNode run(Instance bridge, int entries) throws Exception {
    bridge.send("POST", "/api/v1/syncs/tickets/runs", "{}");
    Instance.until(
        "run",
        () -> {
          JsonNode counts = status(bridge).path("counts");
          return counts.path("captured").longValue() == entries
              && counts.path("waiting").longValue() == 0;
        });
    return status(bridge).path("counts");
  }

  private static JsonNode status(Instance bridge) throws Exception {
    for (JsonNode each : bridge.send("GET", "/api/v1/status", "").is(200).json().path("syncs")) {
      if (each.path("name").asString().equals("tickets")) {
        return each;
      }
    }
    throw new AssertionError("no such sync");
  }

  private boolean isEqual(Side bridge, String objects) throws Exception {
    return Tickets.contents(bridge, objects).equals(Tickets.contents(other, objects));
  }

  /** The import tasks there were, and how many entries they created. */
  private long[] imports() throws Exception {
    JsonNode tasks =
        other
            .send("GET", "/o/headless-batch-engine/v1.0/import-task?pageSize=200", "")
            .is(200)
            .json();
    long created = 0;
    for (JsonNode task : tasks.path("items")) {
      created += task.path("createdItemsCount").longValue();
    }
    return new long[] {tasks.path("totalCount").longValue(), created};
  }

  @Test
  void theyComeByImportTasksAndWhatFailsThereIsToldEntryByEntry() throws Exception {
    try (Instance bridge = bridge(other.address(), "{batch: auto}")) {
      bridge
          .send(
              "PUT",
              "/o/headless-admin-list-type/v1.0/list-type-definitions/by-external-reference-code/STATES",
              "{\"name\": \"States\", \"listTypeEntries\": [{\"key\": \"open\", \"name\": \"Open\"},"
                  + " {\"key\": \"closed\", \"name\": \"Closed\"}, {\"key\": \"lost\", \"name\": \"Lost\"}]}")
          .is(200);
      fill(
          bridge,
          "tickets",
          MANY,
          ",\"subject\":\"s NUMBER\",\"cost\":1.5,\"seen\":\"2026-01-31T10:00:00Z\","
              + "\"state\":{\"key\":\"open\"},\"tags\":[{\"key\":\"open\"}]");
      Tickets.put(bridge, "tickets", "e-7", "{'subject':'s','state':{'key':'lost'}}").is(200);
      Tickets.put(bridge, "tickets", "e-8", "{'subject':'Ünï, and little else'}").is(200);
      JsonNode counts = run(bridge, MANY);
      assertThat(counts.path("applied").longValue()).as("%s", counts).isEqualTo(MANY - 1);
      // The reason is that of a call about this entry alone.
      JsonNode letters = bridge.send("GET", "/api/v1/letters", "").is(200).json().path("items");
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).toString()).contains("send one of open, closed").contains("e-7");
      Map<String, String> here = Tickets.contents(bridge, "tickets");
      here.remove("e-7");
      assertThat(Tickets.contents(other, "tickets")).isEqualTo(here);
      assertThat(imports()[0]).isBetween(1L, 10L);
      assertThat(imports()[1]).isEqualTo(MANY - 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEntryArrivesWhateverTheBatchEngineDoes(FaultyBatches.Fault fault) throws Exception {
    try (FaultyBatches faulty = new FaultyBatches(other.address(), fault);
        Instance bridge = bridge(faulty.address(), "{batch: 50, patience: 2s}")) {
      fill(bridge, "tickets", MANY, ",\"subject\":\"s NUMBER\"");
      JsonNode counts = run(bridge, MANY);
      assertThat(counts.path("applied").longValue()).as("%s", counts).isEqualTo(MANY);
      assertThat(isEqual(bridge, "tickets")).isTrue();
      assertThat(faulty.imports()).isPositive();
      assertThat(bridge.send("GET", "/api/v1/letters", "").is(200).json().path("items")).isEmpty();
    }
  }

  @Test
  void aRunThatIsKilledAmongItsImportsGoesOnAndBringsEverything() throws Exception {
    String more =
        """
        systems:
          other: {connector: liferay, url: "%s", write: {batch: 20}, limits: {batch: 25}}
        syncs:
          tickets: {from: hub.tickets, to: other.tickets, schedule: {every: 365d}}
        """
            .formatted(other.address());
    try (Child bridge = Child.start(folder.resolve("killed"), FreePort.take(), more)) {
      Tickets.define(bridge);
      fill(bridge, "tickets", 4 * MANY, ",\"subject\":\"s NUMBER\"");
      bridge.send("POST", "/api/v1/syncs/tickets/runs", "{}");
      for (int kill = 1; kill <= 3; kill++) {
        int written = kill * MANY;
        Instance.until("under way", () -> Tickets.contents(other, "tickets").size() >= written);
        bridge.killAndStart();
      }
      Instance.until("all of it", () -> isEqual(bridge, "tickets"));
      // What a task did that was over before it was sent again is asked entry by entry.
      assertThat(imports()[1]).isGreaterThan(2L * MANY);
      assertThat(bridge.send("GET", "/api/v1/letters", "").is(200).json().path("items")).isEmpty();
    }
  }

  @Test
  void theyAreFasterThanSingleCalls() throws Exception {
    double[] seconds = new double[2];
    String[] ways = {"{batch: never}", "{batch: auto}"};
    for (int i = 0; i < 2; i++) {
      try (Instance bridge = bridge(other.address(), ways[i])) {
        fill(bridge, "tickets", 4 * MANY, ",\"subject\":\"" + i + " NUMBER\"");
        long begin = System.nanoTime();
        run(bridge, 4 * MANY);
        seconds[i] = (System.nanoTime() - begin) / 1e9;
        assertThat(isEqual(bridge, "tickets")).isTrue();
      }
    }
    System.out.printf(
        "%d entries: %.2f s by single calls, %.2f s by import tasks, %.1f times as fast%n",
        4 * MANY, seconds[0], seconds[1], seconds[0] / seconds[1]);
    assertThat(seconds[1]).isLessThan(seconds[0]);
  }
}
