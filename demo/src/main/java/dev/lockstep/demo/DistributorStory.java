package dev.lockstep.demo;

import dev.lockstep.demo.Arrivals.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/**
 * Distributors apply, are verified, change and leave; the CRM has the accounts of those who are
 * verified, also after it was away.
 */
final class DistributorStory implements Callable<Void> {
  private static final String OBJECT = "distributors";
  private static final Duration BEAT = Duration.ofMillis(2_600);
  private static final List<String> NAMES =
      List.of(
          "Alder & Finch Tools",
          "Baltic Fasteners",
          "Cobalt Drives",
          "Danube Pumps",
          "Evergreen Supply",
          "Fjord Hydraulics",
          "Granite Machinery",
          "Harbour Electric");
  private static final List<String> COUNTRIES =
      List.of("DE", "SE", "FR", "AT", "IE", "NO", "PL", "NL");

  private final Stage stage;
  private final Neighbours neighbours;
  private int number;

  DistributorStory(Stage stage, Neighbours neighbours) {
    this.stage = stage;
    this.neighbours = neighbours;
  }

  private record Distributor(String code, String name) {}

  @Override
  public Void call() throws InterruptedException {
    number = stage.nextNumber(OBJECT, 1001);
    Distributor first = apply();
    pause();
    verify(first);
    pause();
    outage(first, apply());
    for (int round = 0; stage.pause(BEAT); round++) {
      Distributor next = apply();
      pause();
      verify(next);
      pause();
      raise(next, 5_000 + 500 * (round % 5));
      pause();
      if (round % 2 == 0) {
        decline(next);
      } else {
        leave(first);
        first = next;
      }
    }
    return null;
  }

  private void pause() throws InterruptedException {
    stage.pause(BEAT);
  }

  private Distributor apply() throws InterruptedException {
    int index = Math.floorMod(number - 1001, NAMES.size());
    Distributor one = new Distributor("d-" + number++, NAMES.get(index));
    stage.put(
        OBJECT,
        one.code(),
        Map.of(
            "businessName",
            one.name(),
            "email",
            "Office@" + one.name().replaceAll("\\W+.*", "") + ".example",
            "country",
            COUNTRIES.get(index),
            "creditLimit",
            "2500.00"));
    tell("applied", one, "applied; not for the CRM yet");
    return one;
  }

  private void verify(Distributor one) throws InterruptedException {
    arrived(
        "verified",
        one,
        stage.patch(OBJECT, one.code(), Map.of("status", "verified")),
        "verified \u2192 account in CRM");
  }

  private void raise(Distributor one, int limit) throws InterruptedException {
    arrived(
        "changed",
        one,
        stage.patch(OBJECT, one.code(), Map.of("creditLimit", limit + ".00")),
        "gets limit " + Numbers.grouped(limit) + " \u2192 in CRM");
  }

  private void decline(Distributor one) throws InterruptedException {
    Instant before = Instant.now();
    stage.patch(OBJECT, one.code(), Map.of("status", "declined"));
    gone("declined", one, before, "declined \u2192 gone from CRM");
  }

  private void leave(Distributor one) throws InterruptedException {
    Instant before = Instant.now();
    stage.delete(OBJECT, one.code());
    gone("deleted", one, before, "deleted \u2192 gone from CRM");
  }

  private void arrived(String what, Distributor one, JsonNode entry, String text)
      throws InterruptedException {
    Instant committed = Stage.committed(entry);
    Arrival arrival = stage.awaitState("crm", entry);
    stage.tell(event(what, one, text).after(Duration.between(committed, arrival.at())));
  }

  private void gone(String what, Distributor one, Instant before, String text)
      throws InterruptedException {
    Arrival arrival = stage.awaitGone("crm", one.code(), before);
    stage.tell(event(what, one, text).after(Duration.between(before, arrival.at())));
  }

  /** The CRM's process is killed; what changes meanwhile waits, and arrives in order. */
  private void outage(Distributor known, Distributor next) throws InterruptedException {
    pause();
    neighbours.killCrm();
    stage.tell(
        Event.of(Story.DISTRIBUTORS, "outage", "The CRM is killed (kill -9); its changes wait:")
            .bad());
    JsonNode latest = waiting(known, 3_000);
    for (int limit = 4_000; limit <= 5_000; limit += 1_000) {
      latest = waiting(known, limit);
    }
    stage.pause(Duration.ofMillis(900));
    JsonNode verified = stage.patch(OBJECT, next.code(), Map.of("status", "verified"));
    tell("waiting", next, "verified, waits");
    stage.pause(Duration.ofMillis(1_500));
    neighbours.restartCrm();
    Instant back = Instant.now();
    stage.tell(Event.of(Story.DISTRIBUTORS, "back", "The CRM is back, with the storage it left"));
    Arrival one = stage.awaitState("crm", latest);
    Arrival two = stage.awaitState("crm", verified);
    Instant healed = one.at().isAfter(two.at()) ? one.at() : two.at();
    stage.tell(
        Event.of(Story.DISTRIBUTORS, "healed", "All that waited has arrived in CRM")
            .good()
            .after(Duration.between(back, healed.isAfter(back) ? healed : back)));
  }

  private JsonNode waiting(Distributor one, int limit) throws InterruptedException {
    stage.pause(Duration.ofMillis(900));
    JsonNode entry = stage.patch(OBJECT, one.code(), Map.of("creditLimit", limit + ".00"));
    tell("waiting", one, "gets limit " + Numbers.grouped(limit) + ", waits");
    return entry;
  }

  private void tell(String what, Distributor one, String text) {
    stage.tell(event(what, one, text));
  }

  private static Event event(String what, Distributor one, String text) {
    return Event.of(Story.DISTRIBUTORS, what, one.name() + " " + text).with("key", one.code());
  }
}
