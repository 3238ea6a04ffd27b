package dev.lockstep.connectors.http;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Secret;
import dev.lockstep.connector.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes an {@link Api} of settings and finds everything that is wrong with them at once. */
final class ApiReader {
  private static final Set<String> OURS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "accept-encoding");

  private final Settings settings;
  private final Problems problems = new Problems();

  ApiReader(Settings settings) {
    this.settings = settings;
  }

  List<Problem> problems() {
    return problems.all();
  }

  /** Reads everything; the answer may be used only when there are no problems. */
  Api read() {
    Map<DatasetId, Resource> resources = new LinkedHashMap<>();
    settings
        .sections("datasets")
        .forEach((name, section) -> {
          Resource resource = new ResourceReader(name, section, problems).read();
          resources.put(resource.dataset().id(), resource);
        });
    if (resources.isEmpty()) {
      problems.add("datasets", "no dataset is described", "describe at least one");
    }
    return read(resources);
  }

  /** The same for who makes the calls without descriptions. */
  Api withoutDatasets() {
    return read(Map.of());
  }

  private Api read(Map<DatasetId, Resource> resources) {
    String header = settings.text("idempotencyHeader");
    return new Api(
        base(),
        auth(),
        headers(),
        timeouts(),
        new Api.Sizes(recordSize(), size("maxResponse")),
        (int) settings.whole("concurrency"),
        header.equals("off") ? Optional.empty() : Optional.of(header),
        resources);
  }

  private URI base() {
    String text = settings.text("url");
    String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return uri("url", trimmed, "https://crm.example/api");
  }

  private URI uri(String setting, String text, String example) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
      problems.add(
          setting,
          uri.getRawUserInfo() == null ? "the address has no host" : "the address holds a password",
          uri.getRawUserInfo() == null
              ? "write it like " + example
              : "write it under auth: {basic: …}");
    } catch (IllegalArgumentException notAnAddress) {
      problems.add(setting, "this is not an address", "write it like " + example);
    }
    return URI.create("http://localhost");
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    settings
        .section("headers")
        .ifPresent(block ->
            block.values().forEach((name, value) -> headers.put(name, ((Secret) value).reveal())));
    headers.forEach((name, value) -> {
      if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
          || OURS.contains(name.toLowerCase(Locale.ROOT))) {
        problems.add("headers." + name, "this header cannot be set", "leave it out");
      }
      checkHeaderValue("headers." + name, value);
    });
    return headers;
  }

  private void checkHeaderValue(String setting, String value) {
    if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      problems.add(
          setting,
          "the value holds a line break, a control character or a letter outside ASCII",
          "check the variable or file that it comes from");
    }
  }

  private Api.Auth auth() {
    if (!(settings.values().get("auth") instanceof Settings auth)) {
      return new Api.Auth.None();
    }
    Set<String> kinds = new TreeSet<>(auth.values().keySet());
    if (kinds.size() != 1) {
      problems.add(
          "auth",
          kinds.isEmpty() ? "it is empty" : "it names " + String.join(" and ", kinds),
          "write exactly one of bearer, basic, header, oauth2, or auth: none");
      return new Api.Auth.None();
    }
    Api.Auth made = auth(auth);
    if (made instanceof Api.Auth.Fixed(String name, String value)) {
      checkHeaderValue("auth", value);
    }
    return made;
  }

  private Api.Auth auth(Settings auth) {
    Optional<Secret> bearer = auth.secret("bearer");
    if (bearer.isPresent()) {
      return new Api.Auth.Fixed("Authorization", "Bearer " + bearer.get().reveal());
    }
    Optional<Settings> basic = auth.section("basic");
    if (basic.isPresent()) {
      String pair = basic.get().text("user") + ":" + reveal(basic.get(), "password");
      return new Api.Auth.Fixed(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    Optional<Settings> header = auth.section("header");
    if (header.isPresent()) {
      return new Api.Auth.Fixed(header.get().text("name"), reveal(header.get(), "value"));
    }
    Settings oauth2 = auth.section("oauth2").orElseThrow();
    return new Api.Auth.ClientCredentials(
        uri("auth.oauth2.tokenUrl", oauth2.text("tokenUrl"), "https://login.example/token"),
        oauth2.text("clientId"),
        reveal(oauth2, "clientSecret"),
        oauth2.optionalText("scope"),
        oauth2.text("credentials").equals("body"));
  }

  private static String reveal(Settings section, String name) {
    return section.secret(name).orElseThrow().reveal();
  }

  private Api.Timeouts timeouts() {
    Optional<Settings> block = settings.section("timeout");
    return new Api.Timeouts(
        timeout(block, "connect", Duration.ofSeconds(10)),
        timeout(block, "request", Duration.ofSeconds(30)),
        timeout(block, "page", Duration.ofMinutes(10)));
  }

  private Duration timeout(Optional<Settings> block, String name, Duration usual) {
    Duration period = block.map(given -> given.period(name)).orElse(usual);
    if (period.isZero() || period.isNegative() || period.compareTo(Duration.ofDays(1)) > 0) {
      problems.add("timeout." + name, "no wait of this length is possible", "write 10s, say");
      return usual;
    }
    return period;
  }

  private int recordSize() {
    long size = size("maxRecord");
    if (size > 1L << 30) {
      problems.add("maxRecord", "a record cannot be larger than 1GiB", "write 1GiB or less");
    }
    return (int) Math.min(size, 1L << 30);
  }

  private long size(String name) {
    String text = settings.text(name).replace(" ", "");
    long number = Long.parseLong(text.substring(0, text.length() - 3));
    return switch (text.charAt(text.length() - 3)) {
      case 'K' -> number << 10;
      case 'M' -> number << 20;
      default -> number << 30;
    };
  }
}
