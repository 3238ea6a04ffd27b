package dev.lockstep.server.config;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.hub.access.Right;
import java.util.List;

/** Every key of {@code lockstep.yaml} outside the connectors' own settings. */
final class Language {
  static final Form TEXT = new Form.Text();
  private static final Form EXPRESSION = TEXT;
  private static final Form ZONE = new Form.Pattern("\\S+", "Europe/Berlin");
  private static final Form TIME = new Form.Pattern("\\S+", "18:00");
  private static final String ENDPOINT = "[^.\\s]+\\..*\\S";

  private Language() {}

  static final List<Setting> RETRY =
      List.of(
          Setting.optional(
              "attempts",
              new Form.Whole(1, 1000),
              "how often a refused record is tried before it becomes a dead letter; 8 times if nobody says"),
          Setting.optional(
              "first",
              new Form.Period(),
              "the wait before the second attempt, doubled after; 1s if nobody says"),
          Setting.optional("longest", new Form.Period(), "the longest wait; 5m if nobody says"));

  static final List<Setting> LIMITS =
      List.of(
          Setting.optional(
              "calls",
              new Form.Pattern("\\S.*", "10000/day"),
              "calls in a period, kept over restarts: per day, hour or min"),
          Setting.optional(
              "rate", new Form.Pattern("\\S.*", "20/s"), "calls spaced evenly: per s, min or hour"),
          Setting.optional("concurrent", new Form.Whole(1, 10_000), "calls in flight at once"),
          Setting.optional(
              "batch", new Form.Whole(1, 1_000_000), "records in one write, keys in one lookup"),
          Setting.optional("zone", ZONE, "whose midnight renews calls per day; defaults.zone"));

  /** What every system has beside its connector's settings. */
  static final List<Setting> SYSTEM =
      List.of(
          Setting.required("connector", TEXT, "the kind of system"),
          Setting.optional("limits", new Form.Section(LIMITS), "how much the system may be asked"));

  static final List<Setting> BUSINESS_DAYS =
      List.of(
          Setting.required("at", TIME, "the time of day"),
          Setting.optional(
              "calendar", TEXT, "a calendar's name; without it Monday to Friday, no holidays"),
          Setting.optional("zone", ZONE, "the time's zone; the calendar's, else defaults.zone"));

  static final List<Setting> SCHEDULE =
      List.of(
          Setting.optional("cron", TEXT, "five fields, or six with the second first"),
          Setting.optional("zone", ZONE, "the cron's zone; defaults.zone, else UTC"),
          Setting.optional("every", new Form.Period(), "a fixed distance, from start to start"),
          Setting.optional(
              "businessDays",
              new Form.Either(TIME, new Form.Section(BUSINESS_DAYS)),
              "at a time of day on working days"),
          Setting.withDefault(
              "jitter", new Form.Period(), "0s", "each time is put off by up to this, at random"),
          Setting.withDefault(
              "overlap",
              new Form.Choice(List.of("skip", "queue")),
              "skip",
              "what to do when the run before is still going"),
          Setting.withDefault(
              "missed",
              new Form.Choice(List.of("runOnce", "skip")),
              "runOnce",
              "what to do about times that passed while Lockstep was not running"));

  static final List<Setting> INCREMENTAL =
      List.of(
          Setting.required("field", TEXT, "a source field that only grows"),
          Setting.withDefault(
              "overlap",
              new Form.Period(),
              "1m",
              "how far back each run starts again, for late commits"));

  private static final List<Setting> MODIFIED =
      List.of(
          Setting.optional("from", TEXT, "the field of the end named first"),
          Setting.optional("to", TEXT, "the field of the end named second"));

  static final List<Setting> CONFLICTS =
      List.of(
          Setting.withDefault(
              "policy",
              new Form.Choice(List.of("newest", "from", "to", "merge", "hold")),
              "newest",
              "who wins a record that both ends have changed: the last change, the end named first or"
                  + " second, each field by itself, or nobody until a person decides"),
          Setting.optional(
              "fields",
              new Form.Named(new Form.Choice(List.of("newest", "from", "to", "hold"))),
              "who wins a single field, by its name at the end named second"),
          Setting.optional(
              "modified",
              new Form.Section(MODIFIED),
              "the field in which each end keeps when a record was changed; without it the moment"
                  + " of the change"));

  static final List<Setting> SYNC =
      List.of(
          Setting.required(
              "from",
              new Form.Pattern(ENDPOINT, "finance.public.accounts"),
              "the source: system.dataset"),
          Setting.required(
              "to", new Form.Pattern(ENDPOINT, "crm.accounts"), "the target: system.dataset"),
          Setting.optional(
              "where", EXPRESSION, "a condition in CEL over record; without it every record"),
          Setting.withDefault(
              "leaving",
              new Form.Choice(List.of("keep", "delete")),
              "keep",
              "what becomes of the copy of a record that no longer meets where"),
          Setting.optional(
              "map",
              new Form.Named(EXPRESSION),
              "target field: CEL over record; without it same-named fields"),
          Setting.optional(
              "key",
              new Form.ListOf(TEXT),
              "target fields that identify a record; without it the target's own key"),
          Setting.optional("freshness", new Form.Period(), "how stale the copy may get"),
          Setting.withDefault(
              "strategy",
              new Form.Choice(List.of("event", "schedule", "both", "auto")),
              "auto",
              "how the source is read"),
          Setting.optional(
              "schedule",
              new Form.Either(TEXT, new Form.Section(SCHEDULE)),
              "when the source is read; a text is a cron"),
          Setting.withDefault(
              "mode",
              new Form.Choice(List.of("upsert", "mirror", "append")),
              "upsert",
              "mirror also deletes what is gone; append only adds and passes deletions over"),
          Setting.withDefault(
              "direction",
              new Form.Choice(List.of("oneWay", "both")),
              "oneWay",
              "both keeps the two ends equal, whichever is changed"),
          Setting.optional(
              "conflicts",
              new Form.Section(CONFLICTS),
              "with direction both: what becomes of a record that both ends have changed"),
          Setting.optional(
              "incremental",
              new Form.Section(INCREMENTAL),
              "reads only records whose field moved on since the last run"),
          Setting.withDefault(
              "maxDeletePercent",
              new Form.Whole(0, 100),
              "30",
              "a mirror that would delete more fails instead; 100 switches this off"),
          Setting.optional(
              "retry", new Form.Section(RETRY), "how patiently refused records are tried again"),
          Setting.withDefault(
              "parallel", new Form.Whole(1, 64), "2", "parts of the source read at once"),
          Setting.withDefault(
              "lanes",
              new Form.Whole(1, Policies.MOST_LANES),
              "1",
              "transactions of a database that many changes are split over, written at once: what the"
                  + " source committed together may then arrive apart"),
          Setting.withDefault(
              "create", new Form.Flag(), "false", "creates the target dataset if there is none"),
          Setting.withDefault(
              "onRefusal",
              new Form.Choice(List.of("letter", "hold")),
              "letter",
              "when the target refuses a record for good: keep it as a dead letter and go on, or"
                  + " hold the sync with nothing of its transaction applied"),
          Setting.withDefault(
              "onSchemaChange",
              new Form.Choice(List.of("ignore", "apply", "hold")),
              "ignore",
              "when the source's fields change and there is no map: go on with those both sides have,"
                  + " add and widen fields in the target, or hold the sync"),
          Setting.optional(
              "tables",
              new Form.ListOf(TEXT),
              "of a whole schema only these tables; * stands for anything"),
          Setting.optional(
              "except",
              new Form.ListOf(TEXT),
              "of a whole schema not these tables; * stands for anything"));

  static final List<Setting> CALENDAR =
      List.of(
          Setting.withDefault(
              "days", new Form.ListOf(TEXT), "MON-FRI", "the working days: MON-FRI, or a list"),
          Setting.optional(
              "holidays", new Form.ListOf(TEXT), "dates that are no working days: 2026-12-25"),
          Setting.optional("zone", ZONE, "the zone of times that use this calendar"));

  static final List<Setting> FIELD =
      List.of(
          Setting.required("type", new Form.Pattern(".+", "text"), "the type of its values"),
          Setting.withDefault(
              "required", new Form.Flag(), "false", "whether every entry must have it"),
          Setting.optional("oneOf", new Form.ListOf(TEXT), "the only texts it takes"),
          Setting.optional("default", TEXT, "what an entry gets that does not send it"));

  static final List<Setting> OBJECT =
      List.of(
          Setting.required(
              "fields",
              new Form.Named(new Form.Either(TEXT, new Form.Section(FIELD))),
              "the object's fields, each with its type or a block"),
          Setting.optional(
              "unique",
              new Form.ListOf(new Form.ListOf(TEXT)),
              "sets of fields whose values no two entries share"));

  static final List<Setting> FUNCTION =
      List.of(
          Setting.required("url", TEXT, "where the function is called"),
          Setting.required(
              "application",
              TEXT,
              "the id of the application that it belongs to, for which its token is made"));

  static final List<Setting> ACTIONS =
      List.of(
          Setting.withDefault(
              "localNetwork",
              new Form.Flag(),
              "false",
              "whether actions may call this machine and its local networks"),
          Setting.optional(
              "functions",
              new Form.Named(new Form.Section(FUNCTION)),
              "programs that actions call with a token, by the code behind function#"));

  static final List<Setting> MAIL =
      List.of(
          Setting.required("host", TEXT, "the server's name"),
          Setting.optional(
              "port",
              new Form.Whole(1, 65_535),
              "its port; 587 with starttls, 465 with tls, 25 with none, if nobody says"),
          Setting.withDefault(
              "tls",
              new Form.Choice(List.of("starttls", "tls", "none")),
              "starttls",
              "turn to TLS before anything is told, begin with it, or be read by everyone"),
          Setting.optional("user", TEXT, "who logs in; nobody if nobody says"),
          Setting.optional("password", new Form.Hidden(), "the user's"),
          Setting.optional("from", TEXT, "the sender of messages that name none"),
          Setting.withDefault("timeout", new Form.Period(), "30s", "how long one step may take"));

  static final List<Setting> DEPLOY =
      List.of(
          Setting.withDefault(
              "watch", new Form.Flag(), "true", "whether what is put into the folder is deployed"),
          Setting.withDefault("folder", TEXT, "deploy", "the folder, beside the configuration"),
          Setting.optional(
              "featureFlags",
              new Form.ListOf(TEXT),
              "the flags that are on: files of another one are left out"));

  static final List<Setting> BATCH =
      List.of(
          Setting.withDefault(
              "contentMiB",
              new Form.Whole(1, 1 << 20),
              "4096",
              "longer contents of imports are not taken"),
          Setting.withDefault(
              "imports", new Form.Whole(1, 64), "4", "imports that are carried out at once"),
          Setting.withDefault(
              "exports", new Form.Whole(1, 64), "2", "exports that are carried out at once"),
          Setting.withDefault(
              "group",
              new Form.Whole(1, 10_000),
              "400",
              "items written in one transaction at most; others wait for the store meanwhile"),
          Setting.withDefault(
              "retention",
              new Form.Period(),
              "14d",
              "how long a task is kept with its file once it is over; an import with failures stays"));

  private static final Form DAY = new Form.Pattern("\\d{4}-\\d{2}-\\d{2}", "2027-03-01");

  /** How a version of a module shows one field. */
  static final List<Setting> SHOWN =
      List.of(
          Setting.optional(
              "field", TEXT, "the object's field; the one of the same name if nobody says"),
          Setting.optional(
              "default", TEXT, "what null reads as, and what is kept where nothing was sent"),
          Setting.optional(
              "values",
              new Form.Named(new Form.ListOf(TEXT)),
              "clients' words, and the object's values for each, of which the first is written"),
          Setting.optional("join", new Form.ListOf(TEXT), "the object's fields that are one here"),
          Setting.optional("split", TEXT, "the object's field of which this is a part"),
          Setting.optional("part", new Form.Whole(1, 3), "which part it is"),
          Setting.optional("by", TEXT, "what stands between parts; a blank if nobody says"),
          Setting.optional(
              "at",
              new Form.Choice(List.of("first", "last")),
              "where it is cut when that stands there more often; last if nobody says"),
          Setting.optional("constant", TEXT, "what it always is"),
          Setting.optional(
              "type",
              new Form.Pattern(".+", "text"),
              "the type of a constant; text if nobody says"));

  static final List<Setting> VIEW =
      List.of(
          Setting.required("object", TEXT, "the object of the hub"),
          Setting.optional(
              "fields",
              new Form.Named(new Form.Either(TEXT, new Form.Section(SHOWN))),
              "what clients see by name: the object's field or a block; without it every field"),
          Setting.optional(
              "defaults",
              new Form.Named(TEXT),
              "what a created entry gets in fields that are not shown"));

  static final List<Setting> VERSION =
      List.of(
          Setting.optional("deprecated", DAY, "since when clients should use another version"),
          Setting.optional("sunset", DAY, "from when on it may be gone"),
          Setting.required(
              "objects",
              new Form.Named(new Form.Either(TEXT, new Form.Section(VIEW))),
              "what it serves by the last part of the address: an object or a block"));

  static final List<Setting> MODULE =
      List.of(
          Setting.optional("title", TEXT, "its name for people"),
          Setting.withDefault(
              "idempotency",
              new Form.Period(),
              "1d",
              "how long the answer to a request with an Idempotency-Key is kept"),
          Setting.optional(
              "breaks",
              new Form.ListOf(TEXT),
              "where a deployment may break clients: v1, v1.customers or v1.customers.email"),
          Setting.required(
              "versions", new Form.Named(new Form.Section(VERSION)), "v1, v2 and so on"));

  static final List<Setting> HUB =
      List.of(
          Setting.optional(
              "objects", new Form.Named(new Form.Section(OBJECT)), "the objects hosted here"),
          Setting.withDefault(
              "definitions",
              new Form.Flag(),
              "false",
              "whether objects are also defined while it runs, over Liferay's API"),
          Setting.optional(
              "actions", new Form.Section(ACTIONS), "where actions of objects may call"),
          Setting.optional(
              "mail", new Form.Section(MAIL), "the server of SMTP that takes messages of actions"),
          Setting.optional(
              "modules", new Form.Named(new Form.Section(MODULE)), "APIs in versions over objects"),
          Setting.optional(
              "encryptionKey",
              new Form.Hidden(),
              "seals the encrypted fields of defined objects: 32 bytes in Base64"),
          Setting.optional(
              "deploy", new Form.Section(DEPLOY), "client extensions, where objects are defined"),
          Setting.optional(
              "batch", new Form.Section(BATCH), "bounds of imports and exports of many items"),
          Setting.withDefault(
              "retention", new Form.Period(), "7d", "how long a change is kept at least"));

  private static final Form ROLES = new Form.ListOf(TEXT);

  static final List<Setting> USER =
      List.of(
          Setting.required(
              "password",
              new Form.Hidden(),
              "the password from a variable, or its hash as lockstep hash prints it"),
          Setting.optional("roles", ROLES, "what the user is; everybody known is a User"));

  static final List<Setting> APPLICATION =
      List.of(
          Setting.required(
              "secret",
              new Form.Hidden(),
              "the client's secret from a variable, or its hash as lockstep hash prints it"),
          Setting.required("scopes", new Form.ListOf(TEXT), "what its tokens are good for at most"),
          Setting.optional("roles", ROLES, "what the application is; everybody known is a User"));

  static final List<Setting> ROLE =
      List.of(
          Setting.optional(
              "entries",
              new Form.Named(new Form.ListOf(rights(Right.ENTRIES))),
              "rights on all entries of an object; * for every object"),
          Setting.optional(
              "definitions",
              new Form.ListOf(rights(Right.DEFINITIONS)),
              "rights on all definitions of objects"),
          Setting.optional(
              "picklists", new Form.ListOf(rights(Right.PICKLISTS)), "rights on all picklists"),
          Setting.withDefault(
              "server",
              new Form.Choice(List.of("none", "read", "write")),
              "none",
              "whether the role may look at, or operate, syncs, letters and pages"));

  static final List<Setting> SECURITY =
      List.of(
          Setting.optional(
              "users", new Form.Named(new Form.Section(USER)), "who calls with a password"),
          Setting.optional(
              "applications",
              new Form.Named(new Form.Section(APPLICATION)),
              "programs that call with OAuth2 tokens, by their client id"),
          Setting.optional(
              "roles", new Form.Named(new Form.Section(ROLE)), "what roles are granted"),
          Setting.withDefault(
              "tokenLifetime", new Form.Period(), "10m", "how long a token is good"));

  private static Form rights(List<Right> rights) {
    return new Form.Choice(rights.stream().map(Right::name).toList());
  }

  static final List<Setting> SERVER =
      List.of(
          Setting.withDefault(
              "address",
              new Form.Pattern("\\S+", "127.0.0.1:7070"),
              "127.0.0.1:7070",
              "where the API and the pages are served"),
          Setting.optional(
              "token",
              new Form.Hidden(),
              "what callers must send as a bearer token; required beyond this machine"),
          Setting.withDefault(
              "data", TEXT, ".lockstep", "the folder of the store, beside the configuration"));

  static final List<Setting> STORE =
      List.of(
          Setting.required(
              "url",
              new Form.Pattern("jdbc:postgresql:\\S+", "jdbc:postgresql://db/lockstep"),
              "the PostgreSQL database that keeps the state"),
          Setting.required("user", TEXT, "the user, to whom the schema belongs"),
          Setting.optional("password", new Form.Hidden(), "the user's password"),
          Setting.withDefault(
              "schema", TEXT, "lockstep", "a schema for this Lockstep alone; made when missing"));

  static final List<Setting> DEFAULTS =
      List.of(
          Setting.optional("retry", new Form.Section(RETRY), "for syncs that say nothing else"),
          Setting.withDefault("zone", ZONE, "UTC", "for times that name no zone"));

  /** The keys of the file itself; systems are checked by their connectors. */
  static final List<Setting> TOP =
      List.of(
          Setting.required("lockstep", new Form.Whole(1, 1), "the version of this language"),
          Setting.optional(
              "systems", new Form.Named(new Form.Section(SYSTEM)), "what holds records"),
          Setting.optional("syncs", new Form.Named(new Form.Section(SYNC)), "what is kept in step"),
          Setting.optional("hub", new Form.Section(HUB), "objects hosted by Lockstep itself"),
          Setting.optional(
              "calendars", new Form.Named(new Form.Section(CALENDAR)), "working days by name"),
          Setting.optional("server", new Form.Section(SERVER), "where it serves and keeps state"),
          Setting.optional("security", new Form.Section(SECURITY), "who may do what"),
          Setting.optional(
              "store", new Form.Section(STORE), "a store in PostgreSQL instead of the data folder"),
          Setting.optional("defaults", new Form.Section(DEFAULTS), "for all syncs and systems"));
}
