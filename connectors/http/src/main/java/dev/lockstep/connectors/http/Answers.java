package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.http.Verdicts.Deed;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes outcomes and failures of answers. Counts answers of 500 and the like that come in a row:
 * one is taken for the record's own fault, many for the system's. Thread-safe.
 */
final class Answers {
  private static final int BODY = 64 * 1024;

  /** So many in a row, from whatever threads, and the system itself is taken to be ill. */
  static final int ILL = 8;

  private final Session session;
  private final AtomicInteger inARow = new AtomicInteger();

  Answers(Session session) {
    this.session = session;
  }

  /** What an answer says, read whole. */
  record Answer(int status, String said, Optional<Duration> retryAfter, Optional<String> leadsTo) {}

  /** Reads the rest of an answer that is no success. */
  Answer read(Exchange exchange) {
    Optional<String> leadsTo =
        exchange.status() >= 300 && exchange.status() < 400
            ? exchange
                .header(HeaderNames.LOCATION)
                .map(location -> location.replaceAll("\\?.*", ""))
            : Optional.empty();
    return new Answer(
        exchange.status(),
        AnswerText.of(exchange.status(), body(exchange), session.redactor()),
        RetryAfter.of(exchange, session.clock()),
        leadsTo);
  }

  private static byte[] body(Exchange exchange) {
    try {
      byte[] start = exchange.start(BODY);
      exchange.drain();
      return start;
    } catch (IOException brokenOff) {
      // The status says what matters; the text only explains it.
      return new byte[0];
    }
  }

  void succeeded() {
    if (inARow.get() != 0) {
      inARow.set(0);
    }
  }

  /** The outcome of one record's call. Throws when the answer is about more than this record. */
  Outcome outcome(Resource resource, Deed deed, String setting, String call, Answer answer) {
    Verdict verdict = resource.verdicts().of(deed, answer.status());
    boolean ill = answer.status() >= 500 && inARow.incrementAndGet() >= ILL;
    if (answer.status() < 500) {
      succeeded();
    }
    if (verdict == Verdict.RETRY && ill && !resource.verdicts().isOwn(answer.status())) {
      verdict = Verdict.BUSY;
    }
    String said = call + " answered " + answer.said();
    return switch (verdict) {
      case APPLIED -> Outcome.APPLIED;
      case UNCHANGED -> Outcome.UNCHANGED;
      case REJECT -> new Outcome.Rejected(said, remedy(answer.status(), setting));
      case RETRY -> new Outcome.Deferred(said, answer.retryAfter());
      case BUSY -> throw new ConnectorException(new Failure.Transient(said, answer.retryAfter()));
      case STOP -> throw misconfigured(setting, said, answer);
    };
  }

  /** The failure of a call that reads. */
  ConnectorException failure(String setting, String call, Answer answer) {
    String said = call + " answered " + answer.said();
    int status = answer.status();
    if (status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501)) {
      return new ConnectorException(new Failure.Transient(said, answer.retryAfter()));
    }
    return misconfigured(setting, said, answer);
  }

  private ConnectorException misconfigured(String setting, String said, Answer answer) {
    boolean auth = answer.status() == 401 || answer.status() == 403;
    Problem problem = new Problem(auth ? "auth" : setting, said, stopRemedy(answer));
    return new ConnectorException(new Failure.Misconfigured(List.of(problem)));
  }

  private String stopRemedy(Answer answer) {
    return switch (answer.status()) {
      case 401 -> "check the credentials under auth";
      case 403 -> "give these credentials the right to make this call";
      case 404, 410 -> "check url and the path; the API has nothing there";
      case 405, 501 -> "check the path and the method; the API does not take this one";
      case 415 -> "the API takes no application/json here";
      default ->
          answer
              .leadsTo()
              .map(to ->
                  "it leads to "
                      + session.redactor().clean(Faults.cut(to, 100))
                      + "; write where the API is under url")
              .orElse("check what the API expects of this call");
    };
  }

  private static String remedy(int status, String setting) {
    return switch (status) {
      case 404 ->
          "the API has no such record; check the path at "
              + setting
              + ", or describe create and update";
      case 409 ->
          "the API sees a conflict; if it means that the record is there already, write errors: {409: unchanged}";
      case 413 -> "the record is too large for the API";
      default -> "correct the record or the mapping, then replay it";
    };
  }
}
