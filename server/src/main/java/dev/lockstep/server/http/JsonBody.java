package dev.lockstep.server.http;

import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.AdminRefused.Reason;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small bodies of the API. */
final class JsonBody {
  static final int MOST_BYTES = 64 * 1024;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonBody() {}

  /** An empty object when there is no body. */
  static ObjectNode read(ServerRequest request) {
    byte[] bytes = bytes(request);
    if (bytes.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw malformed("the body is not JSON: " + e.getOriginalMessage());
    }
    throw malformed("the body is not a JSON object");
  }

  private static byte[] bytes(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    // Invariant 8: never more than the bound is held, whatever the caller sends.
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length <= MOST_BYTES) {
        return bytes;
      }
    } catch (IOException e) {
      throw malformed("the body ended early");
    }
    throw malformed("the body is longer than " + MOST_BYTES + " bytes");
  }

  private static AdminRefused malformed(String fault) {
    return new AdminRefused(Reason.MALFORMED, fault, "send one small JSON object");
  }
}
