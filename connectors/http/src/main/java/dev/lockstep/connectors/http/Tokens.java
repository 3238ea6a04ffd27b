package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.http.Api.Auth;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Proves who we are: a fixed header, or a token that is fetched once, shared by all calls, and
 * renewed before it expires or when the API refuses it. Thread-safe.
 */
final class Tokens {
  private static final String SETTING = "auth.oauth2";
  private static final Duration USUAL_LIFE = Duration.ofMinutes(5);

  private final Auth auth;
  private final Wire wire;
  private final Duration limit;
  private final Redactor redactor;
  private final InstantSource clock;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile @Nullable Token token;

  private record Token(Header header, Instant renewAt) {}

  Tokens(Api api, Wire wire, Redactor redactor, InstantSource clock) {
    this.auth = api.auth();
    this.wire = wire;
    this.limit = api.timeouts().request();
    this.redactor = redactor;
    this.clock = clock;
    if (auth instanceof Auth.Fixed(String name, String value)) {
      token = new Token(HeaderValues.create(name, value), Instant.MAX);
    }
  }

  /** The header to send now, null when there is none. May call the token endpoint. */
  @Nullable Header header() throws WireFailure, InterruptedException {
    if (auth instanceof Auth.None) {
      return null;
    }
    Token current = token;
    if (current != null && clock.instant().isBefore(current.renewAt())) {
      return current.header();
    }
    return renew(current);
  }

  /** A new header after the API refused this one; empty when another would be no different. */
  Optional<Header> after(@Nullable Header refused) throws WireFailure, InterruptedException {
    if (!(auth instanceof Auth.ClientCredentials)) {
      return Optional.empty();
    }
    Token current = token;
    if (current != null && !current.header().equals(refused)) {
      return Optional.of(current.header());
    }
    return Optional.of(renew(current));
  }

  private Header renew(@Nullable Token old) throws WireFailure, InterruptedException {
    renewing.lockInterruptibly();
    try {
      Token current = token;
      if (current != null && !current.equals(old)) {
        return current.header();
      }
      Token fresh = fetch((Auth.ClientCredentials) auth);
      token = fresh;
      return fresh.header();
    } finally {
      renewing.unlock();
    }
  }

  private Token fetch(Auth.ClientCredentials grant) throws WireFailure, InterruptedException {
    Instant asked = clock.instant();
    try (Exchange answer = wire.send(request(grant), null)) {
      byte[] body = answer.start(64 * 1024);
      answer.drain();
      if (answer.status() != 200) {
        throw refused(answer, body);
      }
      return token(SmallJson.scalars(body), asked);
    } catch (IOException broken) {
      Exchange.throwIfInterrupted();
      throw new WireFailure(WireFailure.Kind.BROKEN, "the token's answer broke off", broken);
    }
  }

  private Token token(Map<List<String>, String> answer, Instant asked) {
    String value = answer.get(List.of("access_token"));
    if (value == null || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw misconfigured("the answer of tokenUrl holds no access_token", "check tokenUrl");
    }
    redactor.add(value);
    Duration life = life(answer.get(List.of("expires_in")));
    // A tenth of its life, but no more than a minute, is left for calls under way.
    Duration margin =
        life.dividedBy(10).compareTo(Duration.ofMinutes(1)) < 0
            ? life.dividedBy(10)
            : Duration.ofMinutes(1);
    return new Token(
        HeaderValues.create(HeaderNames.AUTHORIZATION, "Bearer " + value),
        asked.plus(life).minus(margin));
  }

  private static Duration life(@Nullable String seconds) {
    if (seconds == null || !seconds.matches("[0-9]{1,9}")) {
      return USUAL_LIFE;
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  private Request request(Auth.ClientCredentials grant) {
    StringBuilder form = new StringBuilder("grant_type=client_credentials");
    grant.scope().ifPresent(scope -> form.append("&scope=").append(Template.encode(scope)));
    List<Header> headers = new ArrayList<>();
    headers.add(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded"));
    if (grant.inBody()) {
      form.append("&client_id=").append(Template.encode(grant.clientId()));
      form.append("&client_secret=").append(Template.encode(grant.clientSecret()));
    } else {
      // RFC 6749, 2.3.1: both are form-encoded before they are joined.
      String pair = Template.encode(grant.clientId()) + ":" + Template.encode(grant.clientSecret());
      String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
      redactor.add(basic);
      headers.add(HeaderValues.create(HeaderNames.AUTHORIZATION, "Basic " + basic));
    }
    URI url = grant.tokenUrl();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new Request(
        Method.POST,
        Origin.of(url),
        url.getRawQuery() == null ? path : path + "?" + url.getRawQuery(),
        form.toString().getBytes(StandardCharsets.US_ASCII),
        headers,
        true,
        limit);
  }

  private ConnectorException refused(Exchange answer, byte[] body) {
    int status = answer.status();
    String text = AnswerText.of(status, body, redactor);
    if (status == 408 || status == 429 || status >= 500) {
      return new ConnectorException(
          new Failure.Transient("tokenUrl answered " + text, RetryAfter.of(answer, clock)));
    }
    return misconfigured(
        "tokenUrl answered " + text, "check tokenUrl, clientId, clientSecret and scope");
  }

  private static ConnectorException misconfigured(String message, String remedy) {
    return new ConnectorException(
        new Failure.Misconfigured(List.of(new Problem(SETTING, message, remedy))));
  }
}
