package dev.lockstep.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.module.Served.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Two versions of one object, each used by clients that know nothing of the other. */
class TwoVersionsTest {
  private static final String V1 = "/api/sales/v1/customers";
  private static final String V2 = "/api/sales/v2/accounts";
  private static final String CODE = "/by-external-reference-code/";

  @TempDir private Path folder;
  private Served served;

  @BeforeEach
  void open() throws Exception {
    served = Served.open(folder, Sales.BOTH);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void whatOneWritesTheOtherReadsInItsOwnWords() throws Exception {
    Answer created =
        served
            .send(
                "POST",
                V1,
                "{'externalReferenceCode':'a 1','company':'Acme','name':'Anna Maria Schmidt',"
                    + "'status':'closed'}")
            .is(201);
    assertThat(created.json().propertyNames())
        .containsExactly(
            "externalReferenceCode",
            "id",
            "dateCreated",
            "dateModified",
            "company",
            "name",
            "email",
            "status",
            "country",
            "kind");
    assertThat(created.text("country")).isEqualTo("DE");
    assertThat(created.text("kind")).isEqualTo("business");
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    Answer two = served.get(V2 + CODE + "a%201").is(200);
    assertThat(two.text("firstName")).isEqualTo("Anna Maria");
    assertThat(two.text("lastName")).isEqualTo("Schmidt");
    assertThat(two.text("state")).isEqualTo("blocked");
    assertThat(two.text("country")).isEqualTo("DE");
    assertThat(served.get(created.header("Location")).is(200).body()).isEqualTo(created.body());
    served.send("PATCH", V2 + CODE + "a%201", "{'street':'Hill 3','town':'Bonn'}").is(200);
    Answer split = served.send("PATCH", V2 + CODE + "a%201", "{'town':'Ulm'}").is(200);
    assertThat(split.text("street")).isEqualTo("Hill 3");
    assertThat(served.lockstep.hub().orElseThrow().select("accounts", "id > 0").getFirst().values())
        .extracting(row -> row.get("address"))
        .isEqualTo("Hill 3, Ulm");
  }

  @Test
  void whatIsReadAndSentBackChangesNothing() throws Exception {
    served
        .send(
            "PUT",
            V2 + CODE + "a",
            "{'businessName':'Acme','firstName':'Vincent','lastName':'van Gogh','state':'archived',"
                + "'street':'Hill 3','town':'Ulm','limit':12.50}")
        .is(201);
    Answer read = served.get(V1 + CODE + "a").is(200);
    assertThat(read.text("name")).isEqualTo("Vincent van Gogh");
    assertThat(read.text("status")).isEqualTo("closed");
    Answer back = served.send("PUT", V1 + CODE + "a", read.body()).is(200);
    assertThat(back.header("ETag")).as("nothing was written").isEqualTo("\"1\"");
    // A true change of the older version leaves alone what that does not show.
    ObjectNode changed = (ObjectNode) read.json();
    served.send("PUT", V1 + CODE + "a", changed.put("company", "Acme Ltd").toString()).is(200);
    Answer after = served.get(V2 + CODE + "a").is(200);
    assertThat(after.text("businessName")).isEqualTo("Acme Ltd");
    assertThat(after.text("lastName")).isEqualTo("van Gogh");
    assertThat(after.text("state")).isEqualTo("archived");
    assertThat(after.text("town")).isEqualTo("Ulm");
    assertThat(after.json().path("limit").decimalValue()).isEqualByComparingTo("12.50");
    assertThat(after.json().path("country").isNull()).isTrue();
    // And what is not sent in the whole gets its default, or nothing.
    Answer bare = served.send("PUT", V1 + CODE + "a", "{'company':'Acme'}").is(200);
    assertThat(bare.text("status")).isEqualTo("open");
    assertThat(bare.json().path("name").isNull()).isTrue();
    assertThat(served.get(V2 + CODE + "a").text("town")).isEqualTo("Ulm");
  }

  @Test
  void listsAreAskedInTheWordsOfTheVersion() throws Exception {
    for (int i = 0; i < 7; i++) {
      served
          .send(
              "POST",
              V2,
              "{'externalReferenceCode':'a%d','businessName':'B%d','firstName':'F','lastName':'L%d',"
                      .formatted(i, i % 3, i)
                  + (i == 3
                      ? ""
                      : "'limit':%d.5,'opened':'2026-01-0%dT00:00:00.123456Z',"
                          .formatted(i * 7, i + 1))
                  + "'state':'%s'}".formatted(i % 2 == 0 ? "archived" : "new"))
          .is(201);
    }
    assertThat(
            codes(served.get(V1 + "?filter=status%20eq%20'closed'%20and%20name%20gt%20'F%20L2'")))
        .containsExactly("a4", "a6");
    assertThat(codes(served.get(V1 + "?filter=country%20eq%20'DE'&limit=500"))).hasSize(7);
    for (String sort :
        List.of(
            "",
            "company",
            "company:desc,name",
            "status:desc,company",
            "limit",
            "limit:desc",
            "opened:desc",
            "opened,businessName:desc",
            "dateCreated:desc",
            "id:desc")) {
      boolean second = sort.contains("limit") || sort.contains("opened");
      String list = (second ? V2 : V1) + "?sort=" + sort + "&limit=";
      List<String> whole = codes(served.get(list + "500"));
      assertThat(whole).hasSize(7).doesNotHaveDuplicates();
      for (int limit = 1; limit <= 3; limit++) {
        assertThat(paged(list + limit)).as(sort + " by " + limit).isEqualTo(whole);
      }
    }
    assertThat(
            served.get(V1 + "?fields=name,id&limit=1").json().path("items").get(0).propertyNames())
        .containsExactly("id", "name");
  }

  @Test
  void aCursorHoldsWhileEntriesComeAndGo() throws Exception {
    for (int i = 0; i < 6; i++) {
      served.send("PUT", V1 + CODE + "a" + i, "{'company':'B%d'}".formatted(i)).is(201);
    }
    Answer first = served.get(V1 + "?sort=company&limit=3").is(200);
    assertThat(codes(first)).containsExactly("a0", "a1", "a2");
    served.send("DELETE", V1 + CODE + "a2", "").is(204);
    served.send("DELETE", V1 + CODE + "a0", "").is(204);
    served.send("PUT", V1 + CODE + "early", "{'company':'A'}").is(201);
    Answer next = served.get(V1 + "?sort=company&limit=3&cursor=" + first.text("next")).is(200);
    assertThat(codes(next)).containsExactly("a3", "a4", "a5");
    String link = first.header("Link");
    assertThat(link).endsWith(">; rel=\"next\"");
    assertThat(codes(served.get(link.substring(1, link.indexOf('>'))))).isEqualTo(codes(next));
  }

  private List<String> paged(String list) throws Exception {
    List<String> codes = new ArrayList<>();
    Answer page = served.get(list).is(200);
    codes.addAll(codes(page));
    while (page.json().has("next")) {
      page = served.get(list + "&cursor=" + page.text("next")).is(200);
      codes.addAll(codes(page));
    }
    return codes;
  }

  private static List<String> codes(Answer page) {
    return page.is(200)
        .json()
        .path("items")
        .valueStream()
        .map(it -> it.path("externalReferenceCode").stringValue())
        .toList();
  }

  @Test
  void conditionsHoldAcrossVersionsAndNoUpdateIsLost() throws Exception {
    served.send("PUT", V1 + CODE + "a", "{'company':'0','name':'N 0'}").is(201);
    assertThat(served.get(V1 + CODE + "a", "If-None-Match", "\"1\"").status()).isEqualTo(304);
    served.send("PATCH", V2 + CODE + "a", "{'limit':1}", "If-Match", "\"1\"").is(200);
    served.send("PUT", V1 + CODE + "a", "{'company':'x'}", "If-Match", "\"1\"").is(412);
    served.send("PUT", V1 + CODE + "a", "{'company':'x'}", "If-None-Match", "*").is(412);
    served.send("DELETE", V2 + CODE + "a", "", "If-Match", "\"1\"").is(412);
    int rounds = 25;
    List<Callable<Integer>> clients =
        List.of(
            () -> count(rounds, V1, "company"),
            () -> count(rounds, V1, "company"),
            () -> count(rounds, V2, "businessName"),
            () -> count(rounds, V2, "businessName"));
    int conflicts = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : threads.invokeAll(clients)) {
        conflicts += done.get();
      }
    }
    assertThat(served.get(V1 + CODE + "a").text("company")).isEqualTo(String.valueOf(4 * rounds));
    assertThat(served.get(V2 + CODE + "a").text("lastName")).isEqualTo("0");
    assertThat(conflicts).as("clients met").isPositive();
  }

  /** Adds one, again and again, by whole entries that were read before; answers the conflicts. */
  private int count(int rounds, String path, String field) throws Exception {
    int conflicts = 0;
    for (int done = 0; done < rounds; ) {
      Answer read = served.get(path + CODE + "a").is(200);
      ObjectNode entry = (ObjectNode) read.json();
      entry.put(field, String.valueOf(Integer.parseInt(read.text(field)) + 1));
      Answer written =
          served.send("PUT", path + CODE + "a", entry.toString(), "If-Match", read.header("ETag"));
      if (written.status() == 412) {
        conflicts++;
      } else {
        written.is(200);
        done++;
      }
    }
    return conflicts;
  }

  @Test
  void lifetimeIsTold() throws Exception {
    Answer old = served.get(V1).is(200);
    assertThat(old.header("Deprecation")).isEqualTo("@1769817600");
    assertThat(old.header("Sunset")).isEqualTo("Sat, 01 Mar 2031 00:00:00 GMT");
    assertThat(old.header("Link")).isEqualTo("</api/sales/v2>; rel=\"successor-version\"");
    assertThat(served.get("/api/sales/v1/nothing").header("Sunset")).isNotEmpty();
    assertThat(served.get(V2).header("Deprecation")).isEmpty();
    assertThat(served.get("/api/sales").json().path("versions").size()).isEqualTo(2);
    assertThat(served.get("/api/sales/v9/customers").is(404).text("detail"))
        .contains("/api/sales/v1, /api/sales/v2");
    assertThat(served.get("/metrics").body())
        .contains(
            "lockstep_module_requests_total{module=\"sales\",outcome=\"answered\",version=\"v1\"} 1.0")
        .contains(
            "lockstep_module_requests_total{module=\"sales\",outcome=\"refused\",version=\"v1\"} 1.0")
        .contains(
            "lockstep_module_requests_total{module=\"sales\",outcome=\"answered\",version=\"v2\"} 1.0");
  }
}
