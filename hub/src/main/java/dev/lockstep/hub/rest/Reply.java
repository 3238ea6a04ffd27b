package dev.lockstep.hub.rest;

import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.EntryPage;
import dev.lockstep.hub.EntryProblem;
import dev.lockstep.hub.ObjectDefinition;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Answers, written as they are made. */
public final class Reply {
  private static final int PROBLEMS_LISTED = 100;

  private Reply() {}

  static void entry(ServerResponse response, Status status, Entry entry) {
    response.header(HeaderNames.ETAG, Conditions.tag(entry));
    json(response, status, json -> EntryJson.write(json, entry));
  }

  /** Writes entry by entry, so that a page of large entries is not held twice. */
  static void page(ServerResponse response, EntryPage page) throws java.io.IOException {
    response.status(Status.OK_200).header(HeaderNames.CONTENT_TYPE, "application/json");
    try (OutputStream out = new BufferedOutputStream(response.outputStream(), 32_768);
        JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      page.entries().forEach(entry -> EntryJson.write(json, entry));
      json.writeEndArray();
      if (page.more()) {
        json.writeStringProperty("next", Long.toString(page.entries().getLast().id()));
      }
      json.writeEndObject();
    }
  }

  static void objects(ServerResponse response, List<ObjectDefinition> objects) {
    json(
        response,
        Status.OK_200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("items");
          for (ObjectDefinition object : objects) {
            json.writeStartObject();
            json.writeStringProperty("name", object.name());
            json.writeObjectPropertyStart("fields");
            object
                .fields()
                .forEach(field -> json.writeStringProperty(field.name(), field.type().label()));
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static void applied(ServerResponse response, List<Applied> applied) {
    json(
        response,
        Status.OK_200,
        json -> {
          json.writeStartObject();
          for (Applied.Effect effect : Applied.Effect.values()) {
            json.writeNumberProperty(
                word(effect), applied.stream().filter(it -> it.effect() == effect).count());
          }
          json.writeArrayPropertyStart("items");
          for (Applied each : applied) {
            json.writeStartObject();
            json.writeStringProperty("externalReferenceCode", each.entry().externalReferenceCode());
            json.writeNumberProperty("id", each.entry().id());
            json.writeNumberProperty("version", each.entry().version());
            json.writeStringProperty("effect", word(each.effect()));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** A problem document of RFC 9457. */
  static void problem(ServerResponse response, Refusal refusal) {
    response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    bytes(
        response,
        refusal.status(),
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "about:blank");
          json.writeStringProperty("title", refusal.status().reasonPhrase());
          json.writeNumberProperty("status", refusal.status().code());
          json.writeStringProperty("detail", refusal.detail());
          if (!refusal.problems().isEmpty()) {
            json.writeArrayPropertyStart("problems");
            refusal.problems().stream().limit(PROBLEMS_LISTED).forEach(it -> write(json, it));
            json.writeEndArray();
            json.writeNumberProperty("problemCount", refusal.problems().size());
          }
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, EntryProblem problem) {
    json.writeStartObject();
    json.writeNumberProperty("index", problem.index());
    json.writeStringProperty("field", problem.field());
    json.writeStringProperty("rule", word(problem.rule()));
    json.writeStringProperty("message", problem.message());
    json.writeStringProperty("remedy", problem.remedy());
    json.writeEndObject();
  }

  /** {@code ONE_OF} as {@code oneOf}. */
  private static String word(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      word.append(
          word.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return word.toString();
  }

  private static void json(ServerResponse response, Status status, Consumer<JsonGenerator> body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    bytes(response, status, body);
  }

  private static void bytes(ServerResponse response, Status status, Consumer<JsonGenerator> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = generator(bytes)) {
      body.accept(json);
    }
    response.status(status).send(bytes.toByteArray());
  }

  /** Writes JSON in UTF-8. */
  public static JsonGenerator generator(OutputStream out) {
    return EntryJson.JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
  }
}
