package dev.lockstep.server.http;

import dev.lockstep.server.admin.AdminRefused;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers of every kind. */
final class Reply {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Reply() {}

  static void json(ServerResponse response, Status status, ObjectNode document) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(MAPPER.writeValueAsBytes(document));
  }

  static byte[] line(ObjectNode document) {
    byte[] json = MAPPER.writeValueAsBytes(document);
    byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  static void problem(ServerResponse response, AdminRefused refused) {
    problem(response, status(refused), refused.fault(), refused.remedy());
  }

  static void problem(ServerResponse response, Status status, String fault, String remedy) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
        .send(MAPPER.writeValueAsBytes(document(status, fault, remedy)));
  }

  static ObjectNode document(AdminRefused refused) {
    return document(status(refused), refused.fault(), refused.remedy());
  }

  /** A problem document of RFC 9457. */
  private static ObjectNode document(Status status, String fault, String remedy) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("type", "about:blank");
    document.put("title", status.reasonPhrase());
    document.put("status", status.code());
    document.put("detail", fault);
    document.put("remedy", remedy);
    return document;
  }

  private static Status status(AdminRefused refused) {
    return switch (refused.reason()) {
      case UNKNOWN -> Status.NOT_FOUND_404;
      case MALFORMED -> Status.BAD_REQUEST_400;
      case CONFLICT -> Status.CONFLICT_409;
      case SYSTEM -> Status.BAD_GATEWAY_502;
      case UNAVAILABLE -> Status.SERVICE_UNAVAILABLE_503;
      case FORBIDDEN -> Status.FORBIDDEN_403;
    };
  }
}
