package dev.lockstep.server.liferay;

import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.TestSettings;
import dev.lockstep.testkit.faults.FaultProxy;
import dev.lockstep.testkit.faults.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conformance suite's hands in another Lockstep. Changes are found by sweeps: these come in an
 * order that can be told beforehand, webhooks do not.
 */
final class LiferayHarness implements Harness {
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final Instance other;
  private final FaultProxy proxy;
  private final Connector connector =
      ServiceLoader.load(Connector.class).stream()
          .map(ServiceLoader.Provider::get)
          .filter(it -> it.spec().name().equals("liferay"))
          .findFirst()
          .orElseThrow();

  LiferayHarness(Instance other) {
    this.other = other;
    try {
      this.proxy = FaultProxy.before(other.address());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Connector connector() {
    return connector;
  }

  @Override
  public Settings settings() {
    return settings(proxy.url().toString());
  }

  private Settings settings(String url) {
    return TestSettings.of(
        connector.spec(),
        Map.of(
            "url",
            url,
            "pageSize",
            7,
            "write",
            Map.of("batch", 6),
            "sweep",
            Map.of("interval", "200ms", "overlap", "2s", "deletions", "off")));
  }

  @Override
  public Dataset shape(String name) {
    return Dataset.of(
        name,
        Schema.of(
            new Field("externalReferenceCode", new Type.Text(255), false),
            new Field("name", Type.Text.unlimited(), true),
            new Field("size", new Type.Int(), false)),
        "externalReferenceCode");
  }

  /** A definition of its own for each test: one server serves all. */
  @Override
  public Dataset create(Dataset wanted, List<Row> rows) {
    int number = MADE.incrementAndGet();
    String path = "/o/object-admin/v1.0/object-definitions/by-external-reference-code/T" + number;
    send(
        "PUT",
        path,
        """
        {"name": "Thing%d", "label": {"en_US": "T"}, "pluralLabel": {"en_US": "T"}, "status": {"code": 0},
         "objectFields": [
          {"name": "name", "label": {"en_US": "N"}, "businessType": "RichText"},
          {"name": "size", "label": {"en_US": "S"}, "businessType": "LongInteger", "required": true}]}
        """
            .formatted(number));
    Dataset made =
        new Dataset(
            new DatasetId("thing" + number + "s"), wanted.schema(), wanted.key(), wanted.open());
    put(made, rows);
    return made;
  }

  private JsonNode send(String method, String path, String body) {
    try {
      Instance.Answer answer = other.send(method, path, body);
      if (answer.status() >= 300) {
        throw new AssertionError(method + " " + path + ": " + answer);
      }
      return answer.body().isEmpty() ? MAPPER.createObjectNode() : answer.json();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String entry(Dataset dataset, String code) {
    return "/o/c/" + dataset.id() + "/by-external-reference-code/" + code.replace(" ", "%20");
  }

  @Override
  public void put(Dataset dataset, List<Row> rows) {
    for (Row row : rows) {
      ObjectNode body = MAPPER.createObjectNode();
      body.put("name", (String) row.get("name"));
      body.put("size", (Long) row.get("size"));
      send("PUT", entry(dataset, row.key(dataset.key()).toString()), body.toString());
    }
  }

  @Override
  public void remove(Dataset dataset, List<Key> keys) {
    keys.forEach(key -> send("DELETE", entry(dataset, key.toString()), ""));
  }

  @Override
  public List<Row> rows(Dataset dataset) {
    List<Row> rows = new ArrayList<>();
    int last = 1;
    for (int page = 1; page <= last; page++) {
      JsonNode answer =
          send("GET", "/o/c/" + dataset.id() + "?pageSize=20&sort=id:asc&page=" + page, "");
      last = answer.path("lastPage").intValue();
      for (JsonNode item : answer.path("items")) {
        @Nullable String name = item.path("name").isNull() ? null : item.path("name").stringValue();
        rows.add(
            Row.of(
                dataset.schema(),
                item.path("externalReferenceCode").stringValue(),
                name,
                item.path("size").longValue()));
      }
    }
    return rows;
  }

  @Override
  public Map<Behaviour, String> cannot() {
    Map<Behaviour, String> cannot = new LinkedHashMap<>();
    cannot.put(
        Behaviour.REPORTS_EVERY_VERSION,
        "the entry itself is asked how it is, when it is found to have changed");
    cannot.put(Behaviour.REPORTS_DELETES, "without webhooks only a comparison of all keys does");
    cannot.put(Behaviour.LOSES_POSITION, "entries can be listed since any moment");
    return cannot;
  }

  @Override
  public void loseChanges(Subscription subscription) {
    throw new IllegalStateException("it never does");
  }

  @Override
  public List<Unusable> unusable() {
    return List.of(
        new Unusable("a host that does not exist", settings("http://host.invalid"), "url"),
        new Unusable("a port where nobody listens", settings("http://127.0.0.1:1"), "url"),
        new Unusable("a path where nothing is", settings(proxy.url() + "/nothing"), "url"));
  }

  @Override
  public Optional<Stall> stall() {
    long before = silent();
    proxy.script(new Trouble.Hang());
    return Optional.of(
        new Stall() {
          @Override
          public void awaitBlocked() throws InterruptedException {
            while (silent() == before) {
              Thread.sleep(5);
            }
          }

          @Override
          public void release() {
            try {
              proxy.calm();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private long silent() {
    return proxy.counts().getOrDefault("Hang", 0L);
  }

  @Override
  public boolean owns(Thread thread) {
    return thread
        .getName()
        .matches(
            "(ForkJoinPool-|HTTP-Dispatcher|HttpClient|VirtualThread-|Read-Poller|Write-Poller|.*[Uu]nparker|.*-Poller|server-timer|idle-timeout-task|store-|helidon|\\[).*");
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }
}
