package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Every setting of the connector, in the order of its manual, and what was set. */
record LiferaySettings(
    int pageSize,
    int concurrency,
    Duration interval,
    Duration overlap,
    Optional<Duration> deletions,
    Optional<Hook> hook,
    Imports imports) {

  private static final int IMPORT_FROM = 100;
  private static final Form TEXT = new Form.Text();
  private static final Form HIDDEN = new Form.Hidden();
  private static final Form ADDRESS =
      new Form.Pattern("https?://[^\\s?#]+", "https://liferay.example");

  /**
   * Where the other side reaches us.
   *
   * @param url this Lockstep's address as the other side knows it, without a slash at its end
   */
  record Hook(String url, String secret) {
    @Override
    public String toString() {
      // Invariant 10: the secret is not shown.
      return "Hook[" + url + ", ***]";
    }
  }

  /**
   * When many entries are written at once.
   *
   * @param fromRows fewer are written one by one; empty for always
   * @param patience how long a task of the other side is waited for
   */
  record Imports(OptionalInt fromRows, Duration patience) {}

  static List<Setting> all() {
    return List.of(
        Setting.required("url", ADDRESS, "where the Liferay or the other Lockstep is"),
        Setting.withDefault(
            "auth",
            new Form.Either(new Form.Choice(List.of("none")), new Form.Section(auth())),
            "none",
            "how calls prove who we are"),
        Setting.withDefault(
            "timeout", new Form.Period(), "30s", "the longest that an answer may take"),
        Setting.withDefault(
            "pageSize", new Form.Whole(1, 500), "200", "how many entries are read with one call"),
        Setting.withDefault(
            "concurrency", new Form.Whole(1, 128), "8", "the most calls in flight at once"),
        Setting.optional(
            "write", new Form.Section(write()), "how entries are written when there are many"),
        Setting.optional(
            "webhook",
            new Form.Section(webhook()),
            "how the other side tells of changes at once; without it they are looked for"),
        Setting.optional(
            "sweep", new Form.Section(sweep()), "how changes are looked for that nobody told of"));
  }

  private static List<Setting> auth() {
    return List.of(
        Setting.optional(
            "oauth2",
            new Form.Section(
                List.of(
                    Setting.required("clientId", TEXT, "the client's id"),
                    Setting.required("clientSecret", HIDDEN, "the client's secret"),
                    Setting.optional("scope", TEXT, "the scopes to ask for, separated by spaces"),
                    Setting.optional(
                        "tokenUrl", ADDRESS, "where tokens are issued; url/o/oauth2/token"))),
            "tokens by the client credentials grant, renewed before they expire"),
        Setting.optional(
            "basic",
            new Form.Section(
                List.of(
                    Setting.required("user", TEXT, "the user's name or mail address"),
                    Setting.required("password", HIDDEN, "the user's password"))),
            "user and password"),
        Setting.optional("bearer", HIDDEN, "a token that does not expire"));
  }

  private static List<Setting> write() {
    return List.of(
        Setting.withDefault(
            "batch",
            new Form.Either(new Form.Choice(List.of("auto", "never")), new Form.Whole(2, 10_000)),
            "auto",
            "from how many entries on they are written by an import task; auto is " + IMPORT_FROM),
        Setting.withDefault(
            "patience",
            new Form.Period(),
            "5m",
            "how long an import task is waited for before its entries are written one by one"));
  }

  private static Imports imports(Settings settings) {
    Optional<Settings> write = settings.section("write");
    Object batch = write.map(it -> it.values().get("batch")).orElse("auto");
    return new Imports(
        batch.equals("never")
            ? OptionalInt.empty()
            : OptionalInt.of(batch instanceof Long rows ? Math.toIntExact(rows) : IMPORT_FROM),
        write.map(it -> it.period("patience")).orElse(Duration.ofMinutes(5)));
  }

  private static List<Setting> webhook() {
    return List.of(
        Setting.required("url", ADDRESS, "this Lockstep's address, as the other side reaches it"),
        Setting.required("secret", HIDDEN, "what the other side sends as x-api-key"));
  }

  private static List<Setting> sweep() {
    return List.of(
        Setting.withDefault(
            "interval", new Form.Period(), "30s", "how often changes are looked for"),
        Setting.withDefault(
            "overlap",
            new Form.Period(),
            "1m",
            "how long a change may take from its time stamp until it can be seen"),
        Setting.withDefault(
            "deletions",
            new Form.Either(new Form.Choice(List.of("off")), new Form.Period()),
            "1h",
            "how often all keys are compared to find what was deleted"));
  }

  static LiferaySettings of(Settings settings) {
    Optional<Settings> sweep = settings.section("sweep");
    Object deletions = sweep.map(it -> it.values().get("deletions")).orElse(Duration.ofHours(1));
    return new LiferaySettings(
        (int) settings.whole("pageSize"),
        (int) settings.whole("concurrency"),
        sweep.map(it -> it.period("interval")).orElse(Duration.ofSeconds(30)),
        sweep.map(it -> it.period("overlap")).orElse(Duration.ofMinutes(1)),
        deletions instanceof Duration every ? Optional.of(every) : Optional.empty(),
        settings
            .section("webhook")
            .map(it ->
                new Hook(
                    it.text("url").replaceFirst("/+$", ""),
                    it.secret("secret").orElseThrow().reveal())),
        imports(settings));
  }

  /** The same settings as the calls of HTTP take them. */
  static Settings calls(Settings settings) {
    Map<String, Object> calls = new LinkedHashMap<>();
    calls.put("url", settings.text("url"));
    calls.put(
        "timeout",
        new Settings(
            Map.of(
                "connect",
                Duration.ofSeconds(10),
                "request",
                settings.period("timeout"),
                "page",
                settings.period("timeout"))));
    if (settings.values().get("auth") instanceof Settings auth) {
      calls.put("auth", auth(settings, auth));
    }
    return new Settings(calls);
  }

  private static Settings auth(Settings settings, Settings auth) {
    Map<String, Object> ways = new LinkedHashMap<>(auth.values());
    auth.section("oauth2")
        .ifPresent(grant -> {
          Map<String, Object> whole = new LinkedHashMap<>(grant.values());
          whole.putIfAbsent(
              "tokenUrl", settings.text("url").replaceFirst("/+$", "") + "/o/oauth2/token");
          whole.put("credentials", "body");
          ways.put("oauth2", new Settings(whole));
        });
    return new Settings(ways);
  }
}
