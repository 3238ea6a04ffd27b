package dev.lockstep.hub.liferay;

import dev.lockstep.hub.EntryJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers in Liferay's shapes. */
public final class Answer {
  static final JsonMapper JSON = JsonMapper.shared();

  private Answer() {}

  public static void document(ServerResponse response, JsonNode document) {
    json(response, Status.OK_200, json -> json.writeRawValue(document.toString()));
  }

  public static void nothing(ServerResponse response) {
    response.status(Status.NO_CONTENT_204).send();
  }

  /** A page of documents that are held whole; {@code all} are those before paging. */
  static void page(ServerResponse response, List<? extends JsonNode> all, Paging paging) {
    json(
        response,
        Status.OK_200,
        json -> {
          json.writeStartObject();
          json.writeObjectPropertyStart("actions");
          json.writeEndObject();
          json.writeArrayPropertyStart("facets");
          json.writeEndArray();
          json.writeArrayPropertyStart("items");
          paging.of(all).forEach(item -> json.writeRawValue(item.toString()));
          json.writeEndArray();
          paging.write(json, all.size());
          json.writeEndObject();
        });
  }

  static void fault(ServerResponse response, Fault fault) {
    json(
        response,
        fault.status(),
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", fault.word());
          json.writeStringProperty("title", fault.title());
          if (!fault.detail().isEmpty()) {
            json.writeStringProperty("detail", fault.detail());
          }
          json.writeEndObject();
        });
  }

  public static void json(ServerResponse response, Status status, Consumer<JsonGenerator> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json =
        EntryJson.JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      body.accept(json);
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.status(status).send(bytes.toByteArray());
  }
}
