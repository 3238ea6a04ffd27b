package dev.lockstep.hub.liferay;

import dev.lockstep.hub.EntryJson;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of requests as documents, never beyond their bound. */
public final class Body {
  private static final JsonMapper EXACT =
      JsonMapper.builder(EntryJson.JSON)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Body() {}

  /**
   * The body as one object.
   *
   * @param most how many bytes it may have
   * @throws Fault when it is none, or longer
   */
  public static ObjectNode object(ServerRequest request, int most) {
    JsonNode body = read(request, most);
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw Fault.bad("The body is not a JSON object", "send {…}");
  }

  /** The body as a list. */
  static ArrayNode array(ServerRequest request, int most) {
    JsonNode body = read(request, most);
    if (body instanceof ArrayNode array) {
      return array;
    }
    throw Fault.bad("The body is not a JSON array", "send […]");
  }

  private static JsonNode read(ServerRequest request, int most) {
    String type =
        request.headers().contentType().map(it -> it.type() + "/" + it.subtype()).orElse("");
    if (!type.toLowerCase(Locale.ROOT).equals("application/json")) {
      throw Fault.of(
          Status.UNSUPPORTED_MEDIA_TYPE_415,
          "The body is " + (type.isEmpty() ? "of no declared type" : type),
          "send JSON with Content-Type: application/json");
    }
    try {
      return EXACT.readTree(bytes(request, most));
    } catch (JacksonException malformed) {
      var place = malformed.getLocation();
      throw Fault.bad(
          "Unable to read the body"
              + (place == null
                  ? ""
                  : " at line " + place.getLineNr() + ", column " + place.getColumnNr())
              + ": "
              + malformed.getOriginalMessage(),
          "send one JSON document");
    }
  }

  private static byte[] bytes(ServerRequest request, int most) {
    if (request.headers().contentLength().orElse(0) > most) {
      throw tooLarge(most);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    byte[] some = new byte[8192];
    // Not closed: that would read the rest of a body that is too long.
    InputStream in = request.content().inputStream();
    try {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        bytes.write(some, 0, read);
        if (bytes.size() > most) {
          throw tooLarge(most);
        }
      }
    } catch (IOException cut) {
      throw Fault.bad("The body cannot be read to its end", "send it whole");
    }
    return bytes.toByteArray();
  }

  private static Fault tooLarge(int most) {
    return Fault.of(
        Status.REQUEST_ENTITY_TOO_LARGE_413,
        "The body is longer than " + most + " bytes",
        "send less at once");
  }
}
