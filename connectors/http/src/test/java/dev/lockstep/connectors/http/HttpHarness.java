package dev.lockstep.connectors.http;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.Samples;
import dev.lockstep.testkit.faults.RestTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conformance suite's hands in a {@link RestTarget}: what it reads and writes there bypasses
 * the connector.
 */
final class HttpHarness implements Harness {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final RestTarget target;
  private final String calls;
  private final Map<Behaviour, String> cannot;
  private final Map<String, Dataset> made = new LinkedHashMap<>();

  HttpHarness(String calls, Map<Behaviour, String> cannot) {
    this.calls = calls;
    this.cannot = cannot;
    try {
      target = RestTarget.start();
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    target.refuse(record -> record.contains("\"name\":\"refused\""));
  }

  @Override
  public Connector connector() {
    return new HttpConnector();
  }

  @Override
  public Settings settings() {
    return settings(target.url().toString());
  }

  private Settings settings(String url) {
    StringBuilder yaml =
        new StringBuilder("url: " + url + "\nauth: {bearer: a-token-of-ours}\ndatasets:\n");
    made.forEach((name, dataset) -> {
      yaml.append("  ").append(name).append(":\n    key: id\n    fields:\n");
      for (Field field : dataset.schema().fields()) {
        yaml.append("      ")
            .append(field.name())
            .append(": ")
            .append(field.type().label())
            .append('\n');
      }
      yaml.append(calls.replace("NAME", name).indent(4));
    });
    return Yaml.settings(yaml.toString());
  }

  @Override
  public Dataset create(Dataset wanted, List<Row> rows) {
    made.put(wanted.id().name(), wanted);
    put(wanted, rows);
    return wanted;
  }

  @Override
  public void put(Dataset dataset, List<Row> rows) {
    for (Row row : rows) {
      ObjectNode record = MAPPER.createObjectNode();
      for (int i = 0; i < dataset.schema().size(); i++) {
        if (row.get(i) != Row.ABSENT) {
          record.set(dataset.schema().field(i).name(), json(row.get(i)));
        }
      }
      target.collection(dataset.id().name()).put(row.key(dataset.key()).toString(), record);
    }
  }

  @Override
  public void remove(Dataset dataset, List<Key> keys) {
    throw new IllegalStateException("there is no change feed");
  }

  @Override
  public List<Row> rows(Dataset dataset) {
    List<Row> rows = new ArrayList<>();
    for (String json : target.collection(dataset.id().name()).contents().values()) {
      JsonNode record = MAPPER.readTree(json);
      List<@Nullable Object> values = new ArrayList<>();
      for (Field field : dataset.schema().fields()) {
        JsonNode value = record.get(field.name());
        values.add(value == null ? Row.ABSENT : value(value, field.type()));
      }
      rows.add(new Row(dataset.schema(), values.toArray()));
    }
    return rows;
  }

  @Override
  public Map<Behaviour, String> cannot() {
    return cannot;
  }

  @Override
  public List<Type> types() {
    return List.of(
        new Type.Bool(),
        new Type.Int(),
        new Type.Float(),
        Type.Decimal.unlimited(),
        Type.Text.unlimited(),
        new Type.Bytes(),
        new Type.Date(),
        new Type.Time(),
        new Type.DateTime(),
        new Type.Timestamp(),
        new Type.Json(),
        new Type.ListOf(new Type.Int()));
  }

  @Override
  public Row bad(Dataset dataset, Row good) {
    return Samples.with(good, "name", "refused");
  }

  @Override
  public List<Unusable> unusable() {
    String nowhere =
        "url: http://host.invalid\nauth: {bearer: a-token-of-ours}\ndatasets: {a: {key: id, delete: {delete: '/a/{id}'}}}";
    String wrongPath =
        "url: "
            + target.url()
            + "\nauth: {bearer: a-token-of-ours}\ndatasets: {a: {list: {get: /things/nothing-here, items: items}}}";
    return List.of(
        new Unusable("a host that does not exist", Yaml.settings(nowhere), "url"),
        new Unusable("a path where nothing is", Yaml.settings(wrongPath), "datasets.a.list.get"),
        new Unusable("a port where nobody listens", settings("http://127.0.0.1:1"), "url"));
  }

  @Override
  public Optional<Stall> stall() {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    target.gate(seen -> {
      blocked.countDown();
      awaitQuietly(released);
      return Optional.empty();
    });
    return Optional.of(
        new Stall() {
          @Override
          public void awaitBlocked() throws InterruptedException {
            blocked.await();
          }

          @Override
          public void release() {
            released.countDown();
          }
        });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those of the JDK that carry virtual threads live as long as the process. */
  @Override
  public boolean owns(Thread thread) {
    return thread
        .getName()
        .matches(
            "(ForkJoinPool-|HTTP-Dispatcher|VirtualThread-|Read-Poller|Write-Poller|.*[Uu]nparker|.*-Poller|server-timer|idle-timeout-task).*");
  }

  @Override
  public void close() throws IOException {
    target.close();
  }

  private static JsonNode json(@Nullable Object value) {
    return switch (value) {
      case null -> MAPPER.nullNode();
      case byte[] bytes ->
          MAPPER.getNodeFactory().stringNode(Base64.getEncoder().encodeToString(bytes));
      case JsonText(String text) -> MAPPER.readTree(text);
      case Boolean flag -> MAPPER.getNodeFactory().booleanNode(flag);
      case Long number -> MAPPER.getNodeFactory().numberNode(number);
      case Double number -> MAPPER.getNodeFactory().numberNode(number);
      case BigDecimal number -> MAPPER.getNodeFactory().numberNode(number);
      case List<?> list -> {
        ArrayNode array = MAPPER.createArrayNode();
        list.forEach(element -> array.add(json(element)));
        yield array;
      }
      default -> MAPPER.getNodeFactory().stringNode(value.toString());
    };
  }

  private static @Nullable Object value(JsonNode node, Type type) {
    if (node.isNull()) {
      return null;
    }
    return switch (type) {
      case Type.Bool() -> node.booleanValue();
      case Type.Int() -> node.longValue();
      case Type.Float() -> node.doubleValue();
      case Type.Decimal(int precision, int scale) -> node.decimalValue();
      case Type.Text(int most) -> node.stringValue();
      case Type.Bytes() -> Base64.getDecoder().decode(node.stringValue());
      case Type.Date() -> LocalDate.parse(node.stringValue());
      case Type.Time() -> LocalTime.parse(node.stringValue());
      case Type.DateTime() -> LocalDateTime.parse(node.stringValue());
      case Type.Timestamp() -> Instant.parse(node.stringValue());
      case Type.Json() -> new JsonText(node.toString());
      case Type.ListOf(Type element) ->
          node.values().stream().map(each -> value(each, element)).toList();
      case Type.Any() -> node.toString();
    };
  }
}
