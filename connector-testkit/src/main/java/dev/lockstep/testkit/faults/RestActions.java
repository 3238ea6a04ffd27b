package dev.lockstep.testkit.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what requests to {@link RestTarget} ask for. Thread-safe. */
final class RestActions {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final RestTarget target;
  private final Map<String, Reply> idempotent = new ConcurrentHashMap<>();

  RestActions(RestTarget target) {
    this.target = target;
  }

  Reply act(Seen request) {
    List<String> path = Segments.of(request.path());
    if (path.isEmpty()) {
      return Reply.json(200, "{}");
    }
    try {
      RestCollection collection = target.collection(path.getFirst());
      return switch (request.method()) {
        case "GET" -> get(collection, path, request);
        case "PUT" -> put(collection, path, request);
        case "PATCH" -> patch(collection, path, request);
        case "POST" -> once(collection, path, request);
        case "DELETE" -> delete(collection, path);
        default -> error(405, "there is no " + request.method());
      };
    } catch (JacksonException notJson) {
      return error(400, "the body is not JSON");
    }
  }

  private static Reply get(RestCollection collection, List<String> path, Seen request) {
    return path.size() == 1
        ? RestPages.list(collection, Segments.query(request.query()), request.path())
        : collection
            .get(path.get(1))
            .map(record -> Reply.json(200, record.toString()))
            .orElseGet(() -> error(404, "no record " + path.get(1)));
  }

  private Reply put(RestCollection collection, List<String> path, Seen request) {
    if (path.size() != 2) {
      return error(405, "a record is put at its key");
    }
    ObjectNode record = object(request);
    if (isRefused(record)) {
      return error(422, "the record is refused");
    }
    return Reply.json(collection.upsert(path.get(1), record) ? 200 : 201, "{\"ok\":true}");
  }

  private Reply patch(RestCollection collection, List<String> path, Seen request) {
    ObjectNode part = object(request);
    if (isRefused(part)) {
      return error(422, "the record is refused");
    }
    return collection.merge(path.get(1), part)
        ? Reply.json(200, "{\"ok\":true}")
        : error(404, "no record " + path.get(1));
  }

  private static Reply delete(RestCollection collection, List<String> path) {
    return collection.delete(path.get(1))
        ? Reply.empty(204)
        : error(404, "no record " + path.get(1));
  }

  /** A repeated idempotency key gets the first answer again. */
  private Reply once(RestCollection collection, List<String> path, Seen request) {
    return Optional.ofNullable(request.headers().get("Idempotency-Key"))
        .map(key -> idempotent.computeIfAbsent(key, unused -> post(collection, path, request)))
        .orElseGet(() -> post(collection, path, request));
  }

  private Reply post(RestCollection collection, List<String> path, Seen request) {
    if (path.size() == 2 && path.get(1).startsWith("batch")) {
      return batch(collection, request, path.get(1).equals("batch-delete"));
    }
    ObjectNode record = object(request);
    if (isRefused(record)) {
      return error(422, "the record is refused");
    }
    JsonNode key = record.get(collection.keyField());
    if (key == null) {
      return Reply.json(201, "{\"key\":\"" + collection.append(record) + "\"}");
    }
    return collection.create(key.asString(), record)
        ? Reply.json(201, "{\"ok\":true}")
        : error(409, "there is a record " + key.asString() + " already");
  }

  private Reply batch(RestCollection collection, Seen request, boolean delete) {
    ArrayNode results = MAPPER.createArrayNode();
    for (JsonNode item : MAPPER.readTree(request.body()).path("items")) {
      ObjectNode record = (ObjectNode) item;
      String key = record.path(collection.keyField()).asString("");
      ObjectNode result = results.addObject().put(collection.keyField(), key);
      if (delete) {
        result.put("status", collection.delete(key) ? 204 : 404);
      } else if (isRefused(record)) {
        result.put("status", 422).putObject("error").put("message", "the record is refused");
      } else {
        result.put("status", collection.upsert(key, record) ? 200 : 201);
      }
    }
    ObjectNode body = MAPPER.createObjectNode();
    body.set("results", results);
    return Reply.json(200, body.toString());
  }

  private boolean isRefused(ObjectNode record) {
    return target.refuses(record.toString());
  }

  private static ObjectNode object(Seen request) {
    return (ObjectNode) MAPPER.readTree(request.body());
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, MAPPER.createObjectNode().put("message", message).toString());
  }
}
