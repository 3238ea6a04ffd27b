package dev.lockstep.hub.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.HubStores;
import dev.lockstep.store.Store;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL while tasks are imported and their ends are told: every item is written once, every
 * failure is told once, and every callback arrives.
 */
class KilledImportTest {
  @TempDir Path folder;
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();

  /** How often; more by {@code -Dlockstep.test.kills=50}. */
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 1);
  }

  @Test
  void everyItemIsWrittenOnceAndEveryEndIsTold() throws Exception {
    WebServer receiver = receiver();
    String callback = "http://127.0.0.1:" + receiver.port() + "/told";
    try {
      Random random = new Random(11);
      for (int run = 1; run <= kills(); run++) {
        run(callback, 100 + random.nextInt(900));
      }
      run(callback, 0);
    } finally {
      receiver.stop();
    }
    agrees();
  }

  /** Takes every second callback only when it comes again. */
  private WebServer receiver() {
    return WebServer.builder()
        .host("127.0.0.1")
        .port(0)
        .routing(routing ->
            routing.post(
                "/told",
                (request, response) -> {
                  String body = request.content().as(String.class);
                  String id = request.headers().get(HeaderNames.create("webhook-id")).get();
                  String known = told.putIfAbsent(id, body);
                  assertThat(known == null || known.equals(body)).isTrue();
                  boolean refused = known == null && requests.incrementAndGet() % 2 == 0;
                  response.status(refused ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200).send();
                }))
        .build()
        .start();
  }

  /**
   * @param millis how long it may live after it has begun; 0 to let it end
   */
  private void run(String callback, long millis) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledImporter.class.getName(),
                folder.toString(),
                callback,
                millis == 0 ? "finish" : "go on")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader = child.inputReader()) {
      assertThat(reader.readLine()).isEqualTo("begun");
      if (millis > 0) {
        Thread.sleep(millis);
        child.destroyForcibly();
      }
      child.waitFor();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private void agrees() throws Exception {
    try (Store store = HubStores.open(folder)) {
      BatchTasks tasks = KilledImporter.open(store, folder);
      List<Task> imports =
          tasks.list(TaskQuery.newest(10_000)).tasks().stream()
              .filter(task -> task.order().className().equals(Order.ENTRIES))
              .toList();
      assertThat(imports).isNotEmpty();
      int failing = Math.ceilDiv(KilledImporter.ITEMS, KilledImporter.FAILING);
      for (Task task : imports) {
        assertThat(task.status()).as(task.toString()).isEqualTo(Task.Status.COMPLETED);
        assertThat(task.counts().read()).isEqualTo(KilledImporter.ITEMS);
        assertThat(task.counts().failed()).isEqualTo(failing);
        assertThat(task.counts().created()).isEqualTo(KilledImporter.ITEMS - failing);
        assertThat(tasks.failures(task.id(), 0, 1_000, 1 << 20)).hasSize(failing);
        assertThat(told).containsValue("{\"" + task.id() + "\":\"COMPLETED\"}");
      }
      assertThat(told).as("each under one id").hasSameSizeAs(imports);
      long wanted = (long) imports.size() * (KilledImporter.ITEMS - failing);
      assertThat(count(store, "count(*)", "hub_entry_tickets")).isEqualTo(wanted);
      assertThat(count(store, "count(DISTINCT f_subject)", "hub_entry_tickets"))
          .as("each once")
          .isEqualTo(wanted);
      assertThat(count(store, "count(*)", "hub_event")).as("one event each").isEqualTo(wanted);
      assertThat(count(store, "count(*)", "batch_item")).isEqualTo((long) imports.size() * failing);
    }
  }

  private static long count(Store store, String what, String table) throws InterruptedException {
    return store
        .read(tx -> tx.first("SELECT " + what + " FROM " + table, row -> row.integer(1)))
        .orElseThrow();
  }
}
