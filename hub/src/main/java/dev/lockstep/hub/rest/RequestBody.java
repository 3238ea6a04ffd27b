package dev.lockstep.hub.rest;

import dev.lockstep.hub.Draft;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.ObjectDefinition;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;

/** Bodies of requests, read as they arrive and never beyond their bound. */
public final class RequestBody {
  private static final Set<String> JSON =
      Set.of("application/json", "application/merge-patch+json");

  private final ServerRequest request;
  private final ObjectDefinition definition;
  private final long most;

  /**
   * @param definition the fields that the body may have
   * @param most how many bytes it may have
   */
  public RequestBody(ServerRequest request, ObjectDefinition definition, long most) {
    this.request = request;
    this.definition = definition;
    this.most = most;
  }

  /** The body as one entry. */
  public Draft entry() {
    return parse(json -> {
      expect(json, json.nextToken(), JsonToken.START_OBJECT, "an object");
      return EntryJson.read(definition, json);
    });
  }

  /** The body as a list of entries. */
  List<Draft> entries() {
    return parse(json -> {
      expect(json, json.nextToken(), JsonToken.START_ARRAY, "a list of objects");
      List<Draft> drafts = new ArrayList<>();
      for (JsonToken token = json.nextToken();
          token != JsonToken.END_ARRAY;
          token = json.nextToken()) {
        expect(json, token, JsonToken.START_OBJECT, "a list of objects");
        if (drafts.size() == Hub.MOST_EDITS) {
          throw Refusal.of(
              Status.REQUEST_ENTITY_TOO_LARGE_413,
              "the batch has more than " + Hub.MOST_EDITS + " entries; send several batches");
        }
        drafts.add(EntryJson.read(definition, json));
      }
      return drafts;
    });
  }

  private interface Reader<T> {
    T read(JsonParser json);
  }

  private <T> T parse(Reader<T> reader) {
    checkHeaders();
    InputStream in = new BoundedInput(request.content().inputStream(), most);
    try (JsonParser json = EntryJson.JSON.createParser(ObjectReadContext.empty(), in)) {
      T value = reader.read(json);
      if (json.nextToken() != null) {
        throw malformed("something follows the end of the document", json.currentTokenLocation());
      }
      return value;
    } catch (JacksonIOException broken) {
      if (broken.getCause() instanceof BoundedInput.TooLong) {
        throw tooLarge();
      }
      if (broken.getCause() instanceof BoundedInput.Cut) {
        throw cut();
      }
      throw malformed(broken.getOriginalMessage(), broken.getLocation());
    } catch (JacksonException malformed) {
      throw malformed(malformed.getOriginalMessage(), malformed.getLocation());
    }
  }

  private void checkHeaders() {
    String type =
        request.headers().contentType().map(it -> it.type() + "/" + it.subtype()).orElse("");
    String charset = request.headers().contentType().flatMap(it -> it.charset()).orElse("utf-8");
    if (!JSON.contains(type.toLowerCase(Locale.ROOT)) || !charset.equalsIgnoreCase("utf-8")) {
      throw Refusal.of(
          Status.UNSUPPORTED_MEDIA_TYPE_415,
          "the body is "
              + (type.isEmpty() ? "of no declared type" : type + " in " + charset)
              + "; send JSON in UTF-8 with Content-Type: application/json");
    }
    if (request.headers().contains(HeaderNames.CONTENT_ENCODING)
        && !request
            .headers()
            .get(HeaderNames.CONTENT_ENCODING)
            .get()
            .equalsIgnoreCase("identity")) {
      throw Refusal.of(
          Status.UNSUPPORTED_MEDIA_TYPE_415,
          "the body is encoded; send it without Content-Encoding");
    }
    if (request.headers().contentLength().orElse(0) > most) {
      throw tooLarge();
    }
  }

  private static Refusal cut() {
    return Refusal.of(Status.BAD_REQUEST_400, "the body cannot be read to its end; send it whole");
  }

  private Refusal tooLarge() {
    return Refusal.of(
        Status.REQUEST_ENTITY_TOO_LARGE_413,
        "the body is longer than " + most + " bytes; send less at once");
  }

  private static void expect(JsonParser json, JsonToken found, JsonToken wanted, String what) {
    if (found != wanted) {
      throw malformed("the body is not " + what, json.currentTokenLocation());
    }
  }

  private static Refusal malformed(String fault, TokenStreamLocation place) {
    String where =
        place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    return Refusal.of(
        Status.BAD_REQUEST_400,
        "malformed JSON" + where + ": " + fault + "; send one JSON document");
  }
}
