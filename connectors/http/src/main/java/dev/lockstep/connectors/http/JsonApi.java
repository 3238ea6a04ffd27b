package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API that speaks JSON, for connectors that know its calls themselves: kept connections, proof
 * of who we are with tokens renewed in time, bounds, interrupts, and texts without secrets.
 * Thread-safe; calls may come from any thread, and an interrupt ends one.
 */
public final class JsonApi implements AutoCloseable {
  private static final Header JSON =
      HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");

  private final Session session;

  private JsonApi(Session session) {
    this.session = session;
  }

  /**
   * What is wrong with the settings {@code url}, {@code auth} and {@code timeout}, which have the
   * forms that the http connector's have.
   */
  public static List<Problem> problems(Settings settings) {
    ApiReader reader = new ApiReader(complete(settings));
    reader.withoutDatasets();
    return reader.problems();
  }

  /** Opens without a call; throws {@link ConnectorException} when there are {@link #problems}. */
  public static JsonApi open(Settings settings, ConnectorContext context) {
    ApiReader reader = new ApiReader(complete(settings));
    Api api = reader.withoutDatasets();
    if (!reader.problems().isEmpty()) {
      throw new ConnectorException(new Failure.Misconfigured(reader.problems()));
    }
    return new JsonApi(new Session(api, context));
  }

  private static Settings complete(Settings settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("concurrency", 32L);
    all.put("maxRecord", "16MiB");
    all.put("maxResponse", "64MiB");
    all.put("idempotencyHeader", "off");
    all.putAll(settings.values());
    return new Settings(all);
  }

  /**
   * An answer, whole.
   *
   * @param retryAfter how long it asks to wait
   * @param tag the entity tag of what was answered, as it was sent
   */
  public record Answer(
      int status, byte[] body, Optional<Duration> retryAfter, Optional<String> tag) {
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Makes a call and reads its answer, whatever its status.
   *
   * @param target path and query after {@code url}, encoded
   * @param body JSON, empty for none
   * @throws ConnectorException with {@link Failure.Transient} when no whole answer came; what was
   *     asked for may have been done
   */
  public Answer call(String method, String target, byte[] body, Map<String, String> headers)
      throws InterruptedException {
    if (session.isClosed()) {
      throw new IllegalStateException("the connection to " + session.system() + " is closed");
    }
    return OnVirtualThread.run(() -> callHere(method, target, body, headers));
  }

  private Answer callHere(String method, String target, byte[] body, Map<String, String> headers)
      throws InterruptedException {
    String name = method + " " + target.replaceFirst("\\?.*", "");
    Request request =
        new Request(
            Method.create(method),
            session.origin(),
            session.api().basePath() + target,
            body,
            headers(body, headers),
            !method.equals("POST"),
            session.api().timeouts().request());
    try (Exchange exchange = session.calls().send(request)) {
      byte[] whole = exchange.status() == 204 ? new byte[0] : whole(exchange);
      exchange.drain();
      return new Answer(
          exchange.status(),
          whole,
          RetryAfter.of(exchange, session.clock()),
          exchange.header(HeaderNames.ETAG));
    } catch (WireFailure failure) {
      throw session.transientFailure(name, failure);
    } catch (IOException broken) {
      Exchange.throwIfInterrupted();
      throw new ConnectorException(
          Failure.Transient.of(name + ": " + Faults.cut(broken.getMessage(), 200)), broken);
    }
  }

  private byte[] whole(Exchange exchange) throws IOException {
    try (InputStream body = exchange.body(session.api().sizes().response())) {
      return body.readAllBytes();
    }
  }

  private static List<Header> headers(byte[] body, Map<String, String> headers) {
    List<Header> all = new ArrayList<>();
    if (body.length > 0) {
      all.add(JSON);
    }
    headers.forEach((name, value) -> all.add(HeaderValues.create(HeaderNames.create(name), value)));
    return all;
  }

  /** The status and what the answer says about it, in one line without secrets. */
  public String said(Answer answer) {
    return AnswerText.of(answer.status(), answer.body(), session.redactor());
  }

  /** A text that others wrote, without our secrets. */
  public String clean(String text) {
    return session.redactor().clean(text);
  }

  /** Percent-encodes a part of a path or query. */
  public static String encode(String text) {
    return Template.encode(text);
  }

  @Override
  public void close() {
    session.close();
  }
}
