package dev.lockstep.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Whether the stories came true: the neighbours are asked for all they have, over their own APIs.
 */
final class FinalCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String OPEN_LETTERS = "/api/v1/letters?limit=200&state=open";

  private final Stage stage;
  private final BalanceStory balances;

  FinalCheck(Stage stage, BalanceStory balances) {
    this.stage = stage;
    this.balances = balances;
  }

  void check() throws InterruptedException {
    accounts();
    accountsInOrder();
    tickets();
    if (balances.nights() == 0) {
      stage.failed(Story.BALANCES, "no night was compared");
    }
    counts();
  }

  /** A question whose two answers come to be the same once all that waits has arrived. */
  private interface Question {
    Map<String, String> ask() throws InterruptedException;
  }

  private void same(Story story, String what, Question source, Question target)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Map<String, String> expected = source.ask();
      Map<String, String> found = target.ask();
      if (expected.equals(found)) {
        stage.tell(
            Event.of(story, "verified", "At the end: " + expected.size() + " " + what)
                .good()
                .with("records", expected.size()));
        return;
      }
      if (System.nanoTime() > until) {
        stage.failed(
            story, expected.size() + " in the hub are not as " + found.size() + " there: " + what);
        return;
      }
      Thread.sleep(Duration.ofMillis(300));
    }
  }

  private void accounts() throws InterruptedException {
    same(
        Story.DISTRIBUTORS,
        "accounts, equal in hub and CRM",
        () -> {
          Map<String, String> verified = new TreeMap<>();
          for (JsonNode entry : stage.entries("distributors")) {
            if (entry.path("status").asString().equals("verified")) {
              verified.put(
                  entry.path("externalReferenceCode").asString(),
                  texts(
                      entry.path("businessName").asString(),
                      entry.path("email").asString().toLowerCase(Locale.ROOT),
                      entry.path("country").asString(),
                      number(entry.path("creditLimit"))));
            }
          }
          return verified;
        },
        () -> {
          Map<String, String> accounts = new TreeMap<>();
          for (JsonNode account : pages()) {
            accounts.put(
                account.path("externalId").asString(),
                texts(
                    account.path("name").asString(),
                    account.path("email").asString(),
                    account.path("country").asString(),
                    number(account.path("creditLimit"))));
          }
          return accounts;
        });
  }

  private List<JsonNode> pages() throws InterruptedException {
    return stage
        .crm()
        .all(
            "/accounts?size=100&page=1",
            "items",
            answer -> {
              int page = answer.path("page").intValue();
              return page < answer.path("lastPage").intValue()
                  ? "/accounts?size=100&page=" + (page + 1)
                  : "";
            });
  }

  private void accountsInOrder() throws InterruptedException {
    Map<String, Long> latest = new HashMap<>();
    List<JsonNode> history =
        stage
            .crm()
            .all(
                "/history?after=0",
                "items",
                answer -> {
                  JsonNode items = answer.required("items");
                  return items.isEmpty()
                      ? ""
                      : "/history?after="
                          + items.get(items.size() - 1).required("sequence").asString();
                });
    for (JsonNode write : history) {
      long revision = write.path("revision").longValue(0);
      String key = write.required("key").asString();
      if (revision > 0 && revision < latest.getOrDefault(key, 0L)) {
        stage.failed(
            Story.DISTRIBUTORS, "the CRM was brought an older state after a newer one: " + write);
      }
      latest.merge(key, revision, Math::max);
    }
    stage.tell(
        Event.of(
                Story.DISTRIBUTORS,
                "ordered",
                "CRM's history: " + history.size() + " writes, none out of order")
            .good()
            .with("writes", history.size()));
  }

  private void tickets() throws InterruptedException {
    Set<String> refused = new HashSet<>();
    for (JsonNode letter : stage.lockstep().get(OPEN_LETTERS).required("items")) {
      refused.add(letter.path("key").asString());
    }
    same(
        Story.TICKETS,
        "tickets, equal in hub and help desk",
        () -> {
          Map<String, String> filed = new TreeMap<>();
          for (JsonNode entry : stage.entries("tickets")) {
            String code = entry.path("externalReferenceCode").asString();
            if (!refused.contains(code)) {
              filed.put(
                  code, texts(entry.path("subject").asString(), entry.path("state").asString()));
            }
          }
          return filed;
        },
        () -> {
          Map<String, String> there = new TreeMap<>();
          String first = "/tickets?limit=100";
          for (JsonNode ticket :
              stage
                  .desk()
                  .all(
                      first,
                      "data",
                      answer -> {
                        String next = answer.at("/meta/next").asString("");
                        return next.isEmpty() ? "" : first + "&cursor=" + next;
                      })) {
            there.put(
                ticket.path("reference").asString(),
                texts(ticket.path("title").asString(), ticket.path("state").asString()));
          }
          return there;
        });
  }

  private static String number(JsonNode value) {
    return value.isNumber() || value.isString()
        ? new BigDecimal(value.asString()).stripTrailingZeros().toPlainString()
        : "";
  }

  private static String texts(String... texts) {
    return String.join("|", texts);
  }

  private void counts() throws InterruptedException {
    long captured = 0;
    for (JsonNode sync : stage.lockstep().get("/api/v1/status").required("syncs")) {
      captured += sync.required("counts").required("captured").longValue();
      if (!sync.required("balanced").booleanValue()) {
        stage.failed(
            Story.DEMO,
            "the counts of "
                + sync.path("name").asString()
                + " do not add up: "
                + sync.path("counts"));
      }
    }
    if (stage.failures().isEmpty()) {
      stage.tell(
          Event.of(
                  Story.DEMO,
                  "balanced",
                  "All " + Numbers.grouped(captured) + " records read are accounted for")
              .good()
              .with("captured", captured));
    }
  }
}
