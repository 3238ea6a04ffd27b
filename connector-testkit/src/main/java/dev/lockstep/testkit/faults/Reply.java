package dev.lockstep.testkit.faults;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of {@link RestTarget}. */
public record Reply(int status, Map<String, String> headers, byte[] body) {
  public Reply {
    headers = new LinkedHashMap<>(headers);
    body = body.clone();
  }

  /** An answer with a JSON body. */
  public static Reply json(int status, String body) {
    return new Reply(
        status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without a body. */
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  /** The same answer with one more header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }
}
