package dev.lockstep.demo;

import dev.lockstep.demo.Arrivals.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What every story has at hand: the APIs, what arrived, the teller, and the end of the play. */
final class Stage {
  private static final String ENTRIES = "/api/hub/v1/";

  /** Generous: on a busy machine nothing is wrong yet. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DemoFolder folder;
  private final Teller teller;
  private final Arrivals arrivals;
  private final Rest lockstep;
  private final Rest crm;
  private final Rest desk;

  /** Rises over demos of one folder, too. */
  private final AtomicLong revision = new AtomicLong(System.currentTimeMillis());

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<String> failures = new CopyOnWriteArrayList<>();

  Stage(DemoFolder folder, Teller teller, Arrivals arrivals) {
    this.folder = folder;
    this.teller = teller;
    this.arrivals = arrivals;
    Ports ports = folder.ports();
    this.lockstep = new Rest("Lockstep", ports.lockstep(), Map.of("Lockstep-Request", "1"));
    this.crm = new Rest("the CRM", ports.crm(), Map.of("X-Api-Key", folder.secret("crm.key")));
    this.desk =
        new Rest(
            "the help desk",
            ports.desk(),
            Map.of("Authorization", "Bearer " + folder.secret("desk.token")));
  }

  DemoFolder folder() {
    return folder;
  }

  Rest lockstep() {
    return lockstep;
  }

  Rest crm() {
    return crm;
  }

  Rest desk() {
    return desk;
  }

  String page() {
    return "http://127.0.0.1:" + folder.ports().lockstep() + "/";
  }

  void tell(Event event) {
    teller.tell(event);
  }

  void say(String text) {
    teller.say(text);
  }

  void failed(Story story, String text) {
    failures.add(text);
    teller.tell(Event.of(story, "failed", text).bad());
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits between two steps; false when the play is at its end. */
  boolean pause(Duration duration) throws InterruptedException {
    return !ended.await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  void end() {
    ended.countDown();
  }

  /** Creates an entry of the hub, or replaces it; answers it as it is then. */
  JsonNode put(String object, String code, Map<String, String> fields) throws InterruptedException {
    return write("PUT", object, code, fields);
  }

  /** Changes some fields of an entry. */
  JsonNode patch(String object, String code, Map<String, String> fields)
      throws InterruptedException {
    return write("PATCH", object, code, fields);
  }

  private JsonNode write(String method, String object, String code, Map<String, String> fields)
      throws InterruptedException {
    var body = JsonNodeFactory.instance.objectNode();
    fields.forEach(body::put);
    body.put("revision", revision.incrementAndGet());
    return lockstep.send(method, entry(object, code), body);
  }

  void delete(String object, String code) throws InterruptedException {
    lockstep.send("DELETE", entry(object, code), JsonNodeFactory.instance.missingNode());
  }

  private static String entry(String object, String code) {
    return ENTRIES + object + "/by-external-reference-code/" + code;
  }

  List<JsonNode> entries(String object) throws InterruptedException {
    String first = ENTRIES + object + "?limit=100&after=";
    return lockstep.all(
        first + "0",
        "items",
        answer -> answer.path("next").isNumber() ? first + answer.path("next").asString() : "");
  }

  /** The number after the highest that an object's codes end with. */
  int nextNumber(String object, int first) throws InterruptedException {
    return entries(object).stream()
            .map(entry -> entry.path("externalReferenceCode").asString().replaceFirst("^\\D*", ""))
            .filter(digits -> digits.matches("\\d{1,9}"))
            .mapToInt(Integer::parseInt)
            .reduce(first - 1, Math::max)
        + 1;
  }

  static Instant committed(JsonNode entry) {
    return Instant.parse(entry.required("dateModified").stringValue());
  }

  /** Whether a neighbour took this very state of an entry; it may have refused it before. */
  static Predicate<Arrival> taken(String system, JsonNode entry) {
    String key = entry.required("externalReferenceCode").stringValue();
    long state = entry.required("revision").longValue();
    return it ->
        it.system().equals(system)
            && it.key().equals(key)
            && it.revision() == state
            && it.status() < 300;
  }

  Arrival awaitState(String system, JsonNode entry) throws InterruptedException {
    return await(
        system + " to have " + entry.path("externalReferenceCode").asString(),
        taken(system, entry));
  }

  Arrival awaitGone(String system, String key, Instant since) throws InterruptedException {
    return await(
        system + " to delete " + key,
        it ->
            it.system().equals(system)
                && it.key().equals(key)
                && it.method().equals("DELETE")
                && it.at().isAfter(since));
  }

  /** Waits a while for something that need not come. */
  Optional<Arrival> seen(Predicate<Arrival> wanted) throws InterruptedException {
    return arrivals.await(wanted, Duration.ofSeconds(2));
  }

  Arrival await(String what, Predicate<Arrival> wanted) throws InterruptedException {
    return arrivals
        .await(wanted, PATIENCE)
        .orElseThrow(() ->
            new DemoRefused(
                "waited "
                    + PATIENCE.toSeconds()
                    + " s in vain for "
                    + what
                    + "; see "
                    + page()
                    + " and "
                    + folder.log("lockstep")));
  }
}
