package dev.lockstep.connectors.http;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import java.util.List;
import java.util.stream.Stream;

/** Every setting of the connector, in the order of its manual. */
final class HttpSettings {
  private static final Form TEXT = new Form.Text();
  private static final Form HIDDEN = new Form.Hidden();
  private static final Form SIZE = new Form.Pattern("[1-9][0-9]{0,9} ?(KiB|MiB|GiB)", "16MiB");
  private static final Form PATH = new Form.Pattern("/.*", "/accounts/{id}");

  private static final Setting ABSENT =
      Setting.withDefault(
          "absent",
          new Form.Choice(List.of("omit", "refuse")),
          "omit",
          "omit sends a record without the fields its source did not send; refuse rejects it");

  private HttpSettings() {}

  static List<Setting> all() {
    return List.of(
        Setting.required(
            "url",
            new Form.Pattern("https?://[^\\s?#]+", "https://crm.example/api"),
            "where the API is; every path below is appended to it"),
        Setting.withDefault(
            "auth",
            new Form.Either(new Form.Choice(List.of("none")), new Form.Section(auth())),
            "none",
            "how calls prove who we are"),
        Setting.optional(
            "headers", new Form.Named(HIDDEN), "headers sent with every call; never shown"),
        Setting.optional("timeout", new Form.Section(timeout()), "how long to wait"),
        Setting.withDefault(
            "concurrency", new Form.Whole(1, 1024), "32", "the most calls in flight at once"),
        Setting.withDefault(
            "maxRecord", SIZE, "16MiB", "a larger record is refused, the others go on"),
        Setting.withDefault("maxResponse", SIZE, "1GiB", "a larger answer is not read to its end"),
        Setting.withDefault(
            "idempotencyHeader",
            new Form.Pattern("off|[A-Za-z0-9-]+", "Idempotency-Key"),
            "Idempotency-Key",
            "carries the stable id of a created or appended record; off sends none"),
        Setting.required(
            "datasets",
            new Form.Named(new Form.Section(dataset())),
            "the resources of the API, by the names that syncs use"));
  }

  private static List<Setting> auth() {
    return List.of(
        Setting.optional("bearer", HIDDEN, "a token, sent as Authorization: Bearer"),
        Setting.optional(
            "basic",
            new Form.Section(
                List.of(
                    Setting.required("user", TEXT, "the user's name"),
                    Setting.required("password", HIDDEN, "the user's password"))),
            "user and password, sent as Authorization: Basic"),
        Setting.optional(
            "header",
            new Form.Section(
                List.of(
                    Setting.required(
                        "name",
                        new Form.Pattern("[A-Za-z0-9_-]+", "X-Api-Key"),
                        "the header's name"),
                    Setting.required("value", HIDDEN, "the header's value"))),
            "a header of your own, such as an API key"),
        Setting.optional(
            "oauth2",
            new Form.Section(
                List.of(
                    Setting.required(
                        "tokenUrl",
                        new Form.Pattern("https?://[^\\s#]+", "https://login.example/oauth2/token"),
                        "where tokens are issued"),
                    Setting.required("clientId", TEXT, "the client's name"),
                    Setting.required("clientSecret", HIDDEN, "the client's secret"),
                    Setting.optional("scope", TEXT, "the scopes to ask for, separated by spaces"),
                    Setting.withDefault(
                        "credentials",
                        new Form.Choice(List.of("header", "body")),
                        "header",
                        "where the client's name and secret are sent"))),
            "tokens by the client credentials grant, renewed before they expire"));
  }

  private static List<Setting> timeout() {
    return List.of(
        Setting.withDefault("connect", new Form.Period(), "10s", "the longest wait to connect"),
        Setting.withDefault(
            "request",
            new Form.Period(),
            "30s",
            "the longest a write may take, or a read may stay silent"),
        Setting.withDefault(
            "page", new Form.Period(), "10m", "the longest the answer to one list call may take"));
  }

  private static List<Setting> dataset() {
    return List.of(
        Setting.optional("key", new Form.ListOf(TEXT), "the fields that identify a record"),
        Setting.optional(
            "fields",
            new Form.Named(TEXT),
            "the fields and their types; without it records may have any"),
        Setting.optional("list", new Form.Section(list()), "reads all records, page by page"),
        Setting.optional(
            "get",
            new Form.Either(
                PATH,
                new Form.Section(
                    List.of(
                        Setting.required("get", PATH, "the path of one record"),
                        Setting.optional("item", TEXT, "where the record is in the answer")))),
            "reads one record; 404 says that there is none"),
        Setting.optional("lookup", new Form.Section(lookup()), "reads several records by key"),
        Setting.optional("upsert", new Form.Section(write()), "creates or replaces a record"),
        Setting.optional("create", new Form.Section(write()), "creates a record"),
        Setting.optional("update", new Form.Section(write()), "changes a record that exists"),
        Setting.withDefault(
            "first",
            new Form.Choice(List.of("update", "create")),
            "update",
            "which of update and create is tried first"),
        Setting.optional("delete", new Form.Section(delete()), "deletes a record"),
        Setting.optional("append", new Form.Section(append()), "adds a record, whatever its key"),
        Setting.optional("batch", new Form.Section(batch()), "upserts many records at once"),
        Setting.optional("batchDelete", new Form.Section(batch()), "deletes many records at once"),
        Setting.optional(
            "errors",
            new Form.Named(new Form.Choice(Verdict.words())),
            "what an answer's status means, where it differs from the usual"));
  }

  private static List<Setting> list() {
    return List.of(
        Setting.required("get", PATH, "the path, with {page}, {offset}, {cursor}, {size}, {since}"),
        Setting.withDefault("items", TEXT, "", "where the array of records is in the answer"),
        Setting.optional(
            "paging",
            new Form.Choice(List.of("page", "offset", "cursor", "link", "none")),
            "how the next page is found; told from the path when left out"),
        Setting.optional(
            "first", new Form.Whole(0, Long.MAX_VALUE), "the first page's number or offset"),
        Setting.withDefault("size", new Form.Whole(1, 100_000), "200", "the value of {size}"),
        Setting.withDefault(
            "until",
            TEXT,
            "empty",
            "empty, short, or the field with the last page's number (offset: the total)"),
        Setting.optional("next", TEXT, "the field with the next cursor, or with the next link"),
        Setting.optional(
            "since",
            new Form.Section(
                List.of(
                    Setting.required("field", TEXT, "the field that {since} is compared with"),
                    Setting.withDefault(
                        "format",
                        new Form.Choice(List.of("iso", "date", "epochSeconds", "epochMillis")),
                        "iso",
                        "how {since} is written"))),
            "reads only what changed at or after a moment"));
  }

  private static List<Setting> lookup() {
    return List.of(
        Setting.required("get", PATH, "the path, with {keys}"),
        Setting.withDefault("items", TEXT, "", "where the array of records is in the answer"),
        Setting.withDefault("keys", new Form.Whole(1, 10_000), "50", "the most keys in one call"),
        Setting.withDefault("separator", TEXT, ",", "stands between two keys"));
  }

  private static List<Setting> verbs(String... names) {
    return Stream.of(names)
        .map(name -> Setting.optional(name, PATH, name + " to this path"))
        .toList();
  }

  private static List<Setting> with(List<Setting> some, Setting... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  private static List<Setting> write() {
    return with(
        verbs("put", "post", "patch"),
        Setting.optional("wrap", TEXT, "the path in the body under which the record is put"),
        Setting.optional("omit", new Form.ListOf(TEXT), "fields left out of the body"),
        ABSENT);
  }

  private static List<Setting> delete() {
    return verbs("delete", "post", "put", "patch");
  }

  private static List<Setting> append() {
    return with(
        write(),
        Setting.withDefault(
            "deduplicates",
            new Form.Flag(),
            "false",
            "true when the API recognises a repeated idempotency key"));
  }

  private static List<Setting> batch() {
    return with(
        verbs("post", "put", "patch", "delete"),
        Setting.withDefault(
            "rows", new Form.Whole(1, 100_000), "100", "the most records in a call"),
        Setting.withDefault("items", TEXT, "", "where the array of records goes in the body"),
        Setting.optional("omit", new Form.ListOf(TEXT), "fields left out of the records"),
        ABSENT,
        Setting.optional("results", TEXT, "where the array of outcomes is in the answer"),
        Setting.withDefault(
            "match",
            new Form.Choice(List.of("index", "key")),
            "index",
            "how an outcome finds its record"),
        Setting.optional("status", TEXT, "an outcome's field with its status, a code or a word"),
        Setting.optional("ok", new Form.ListOf(TEXT), "the words that mean applied"),
        Setting.optional("message", TEXT, "an outcome's field with the error's text"));
  }
}
