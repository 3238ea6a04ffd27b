package dev.lockstep.hub.module;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.rest.Refusal;
import dev.lockstep.store.Tx;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The answers to requests with an Idempotency-Key, kept in the transaction of what they wrote: so a
 * repeated one finds either all of it or nothing, whatever happened to the process between.
 */
final class Requests {
  static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
  private static final int FORGOTTEN_AT_ONCE = 100;

  private final ModuleSpec module;
  private final InstantSource clock;

  Requests(ModuleSpec module, InstantSource clock) {
    this.module = module;
    this.clock = clock;
  }

  /**
   * A request that is to be made once.
   *
   * @param who whose key it is
   * @param print what the request says, told apart from every other
   */
  record Once(String who, String key, String print) {}

  /** The key of a request; empty where it has none. */
  static Optional<Once> of(ServerRequest request, Author author, Print print) {
    if (!request.headers().contains(KEY)) {
      return Optional.empty();
    }
    List<String> sent = request.headers().get(KEY).allValues();
    String key = sent.getFirst().strip();
    if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
      key = key.substring(1, key.length() - 1);
    }
    if (sent.size() > 1 || !key.matches("[\\x21-\\x7e]{1,255}")) {
      throw Refusal.of(
          Status.BAD_REQUEST_400,
          "Idempotency-Key is no key; send one, of 1 to 255 visible ASCII characters, such as a"
              + " UUID");
    }
    String who = author.who();
    return Optional.of(new Once(who == null ? "" : who, key, print.text()));
  }

  /** The answer that was given before; empty when this is the first such request. */
  Optional<Answered> find(Tx tx, Once once) {
    Optional<Kept> kept =
        tx.first(
            "SELECT print, status, tag, location, body FROM hub_request"
                + " WHERE module = ? AND who = ? AND name = ? AND until > ?",
            row ->
                new Kept(
                    row.text(1),
                    new Answered(
                        (int) row.integer(2),
                        row.optionalText(3),
                        row.optionalText(4),
                        row.text(5),
                        true)),
            module.name(),
            once.who(),
            once.key(),
            now().toEpochMilli());
    if (kept.isPresent() && !kept.get().print().equals(once.print())) {
      throw Refusal.of(
          Refusal.UNPROCESSABLE,
          "Idempotency-Key '"
              + once.key()
              + "' was sent with another request; repeat that one as"
              + " it was, or send this one with a key of its own");
    }
    return kept.map(Kept::answered);
  }

  private record Kept(String print, Answered answered) {}

  /** Keeps an answer, and forgets some of those that are due. */
  void keep(Tx tx, Once once, Answered answered) {
    long now = now().toEpochMilli();
    tx.update(
        "DELETE FROM hub_request WHERE (module, who, name) IN"
            + " (SELECT module, who, name FROM hub_request WHERE until <= ? LIMIT ?)",
        now,
        FORGOTTEN_AT_ONCE);
    tx.update(
        "INSERT INTO hub_request (module, who, name, print, until, status, tag, location, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (module, who, name) DO UPDATE SET"
            + " print = excluded.print, until = excluded.until, status = excluded.status,"
            + " tag = excluded.tag, location = excluded.location, body = excluded.body",
        module.name(),
        once.who(),
        once.key(),
        once.print(),
        now + module.remembers().toMillis(),
        answered.status(),
        answered.tag().orElse(null),
        answered.location().orElse(null),
        answered.body());
  }

  private Instant now() {
    return clock.instant();
  }
}
