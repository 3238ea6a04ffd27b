package dev.lockstep.hub.module;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.rest.Conditions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The answer to a write.
 *
 * @param body JSON; empty where there is none
 * @param again whether it was given before
 */
record Answered(
    int status, Optional<String> tag, Optional<String> location, String body, boolean again) {
  private static final HeaderName REPLAYED = HeaderNames.create("Idempotency-Replayed");

  static Answered of(int status, Entry entry, String body, Optional<String> location) {
    return new Answered(status, Optional.of(Conditions.tag(entry)), location, body, false);
  }

  static Answered nothing() {
    return new Answered(204, Optional.empty(), Optional.empty(), "", false);
  }

  void send(ServerResponse response) {
    tag.ifPresent(it -> response.header(HeaderNames.ETAG, it));
    location.ifPresent(it -> response.header(HeaderNames.LOCATION, it));
    if (again) {
      response.header(REPLAYED, "true");
    }
    response.status(Status.create(status));
    if (body.isEmpty()) {
      response.send();
    } else {
      response.header(HeaderNames.CONTENT_TYPE, "application/json");
      response.send(body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
