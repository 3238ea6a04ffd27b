package dev.lockstep.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What may not be seen shows in no list, within no other entry, and by no question. */
final class SeenOnlyTest {
  private static final String TICKETS = Company.TICKETS;
  private static final String ACME = "/o/c/customers/by-external-reference-code/ACME";
  private static final String PARENT = "r_filed_c_customer";

  @TempDir private static Path shared;
  private static Company company;

  @TempDir private Path folder;

  @BeforeAll
  static void open() throws Exception {
    company = Company.open(shared);
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @BeforeEach
  void clear() throws Exception {
    company.clear();
  }

  private static List<String> subjects(JsonNode list) {
    List<String> subjects = new ArrayList<>();
    list.forEach(it -> subjects.add(it.path("subject").asString()));
    return subjects;
  }

  private static JsonNode list(Company company, String caller, String query) throws Exception {
    return company.get(caller, TICKETS + query).is(200).json();
  }

  private static long acme(Company company) throws Exception {
    return company.get("adam", ACME).is(200).json().path("id").longValue();
  }

  /** Three tickets of Acme's: one of Anton's, two of Clara's. */
  private static void tickets(Company company) throws Exception {
    long acme = acme(company);
    // Administrators write for others here, so each creates a ticket and the administrator files
    // it.
    for (String[] each :
        new String[][] {{"anton", "of Anton"}, {"clara", "first"}, {"clara", "second"}}) {
      long id = company.ticket(each[0], "{'subject':'" + each[1] + "','size':1}");
      company.as("adam", "PATCH", TICKETS + "/" + id, "{'" + PARENT + "Id':" + acme + "}").is(200);
    }
  }

  @Test
  void aListAndItsCountsHaveOnlyWhatMayBeSeen() throws Exception {
    tickets(company);
    assertThat(list(company, "clara", "").path("totalCount").asInt()).isEqualTo(3);
    assertThat(list(company, "bert", "").path("totalCount").asInt()).isZero();
    for (String query :
        new String[] {
          "",
          "?pageSize=1",
          "?filter=size%20eq%201",
          "?filter=size%20eq%201%20or%20size%20ne%201",
          "?search=o",
          "?sort=subject:desc&pageSize=1",
          "?aggregationTerms=size"
        }) {
      JsonNode own = list(company, "anton", query);
      assertThat(own.path("totalCount").asInt()).as(query).isEqualTo(1);
      assertThat(own.path("lastPage").asInt()).as(query).isEqualTo(1);
      assertThat(subjects(own.path("items"))).as(query).containsExactly("of Anton");
    }
    JsonNode facet = list(company, "anton", "?aggregationTerms=size").path("facets").path(0);
    assertThat(facet.path("facetValues").path(0).path("numberOfOccurrences").asInt()).isEqualTo(1);
    assertThat(subjects(list(company, "anton", "?page=2&pageSize=1").path("items"))).isEmpty();
  }

  @Test
  void relatedEntriesShowOnlyToWhomTheyMay() throws Exception {
    tickets(company);
    company
        .as(
            "adam",
            "PUT",
            "/o/c/customers/permissions",
            "[{'roleName':'author','actionIds':['VIEW']}]")
        .is(200);
    JsonNode nested = company.get("anton", ACME + "?nestedFields=filed").is(200).json();
    assertThat(subjects(nested.path("filed"))).containsExactly("of Anton");
    JsonNode related = company.get("anton", ACME + "/filed").is(200).json();
    assertThat(related.path("totalCount").asInt()).isEqualTo(1);
    assertThat(subjects(related.path("items"))).containsExactly("of Anton");
    JsonNode all = company.get("rita", ACME + "?nestedFields=filed").is(200).json();
    assertThat(subjects(all.path("filed"))).hasSize(3);

    String guess = "/o/c/customers?filter=filed/subject%20eq%20'first'";
    assertThat(company.get("rita", guess).is(200).json().path("totalCount").asInt()).isEqualTo(1);
    assertThat(company.get("anton", guess).is(200).json().path("totalCount").asInt()).isZero();
  }

  @Test
  void aParentThatMayNotBeSeenShowsNeitherItsCodeNorItself() throws Exception {
    tickets(company);
    JsonNode seen = list(company, "rita", "?nestedFields=filed").path("items").path(0);
    assertThat(seen.path(PARENT + "ERC").asString()).isEqualTo("ACME");
    assertThat(seen.path(PARENT).path("name").asString()).isEqualTo("Acme");
    JsonNode own = list(company, "anton", "?nestedFields=filed").path("items").path(0);
    assertThat(own.path("subject").asString()).isEqualTo("of Anton");
    assertThat(own.has(PARENT + "ERC")).isFalse();
    assertThat(own.has(PARENT)).isFalse();
    assertThat(own.toString()).doesNotContain("Acme", "ACME");
    for (String guess :
        new String[] {"?filter=filed/name%20eq%20'Acme'", "?filter=filed/name%20ne%20'Acme'"}) {
      assertThat(list(company, "anton", guess).path("totalCount").asInt()).as(guess).isZero();
    }
    assertThat(list(company, "rita", "?filter=filed/name%20eq%20'Acme'").path("totalCount").asInt())
        .isEqualTo(3);

    // What was read can be written back, though the parent cannot be seen.
    String address = TICKETS + "/" + own.path("id").longValue();
    company.as("anton", "PUT", address, own.toString().replace('"', '\'')).is(200);
    assertThat(company.get("adam", address).json().path(PARENT + "ERC").asString())
        .isEqualTo("ACME");
  }

  @Test
  void aTokenForOneObjectShowsNothingOfAnother() throws Exception {
    tickets(company);
    company
        .as(
            "adam",
            "PUT",
            "/o/c/customers/permissions",
            "[{'roleName':'clerk','actionIds':['VIEW']}]")
        .is(200);
    JsonNode byUser = list(company, "clara", "?nestedFields=filed").path("items").path(0);
    assertThat(byUser.path(PARENT).path("name").asString()).isEqualTo("Acme");
    JsonNode byToken = list(company, "crm", "?nestedFields=filed").path("items").path(0);
    assertThat(byToken.has(PARENT)).isFalse();
    assertThat(byToken.has(PARENT + "ERC")).isFalse();
  }

  @Test
  void nobodyRefersToWhatItMayNotSee() throws Exception {
    long acme = acme(company);
    for (String body :
        new String[] {
          "{'subject':'x','" + PARENT + "Id':" + acme + "}",
          "{'subject':'x','" + PARENT + "ERC':'ACME'}"
        }) {
      SecuredServer.Answer answer = company.as("bert", "POST", TICKETS, body).is(400);
      assertThat(answer.body()).doesNotContain("Acme");
      company.as("adam", "POST", TICKETS, body).is(200);
    }
    SecuredServer.Answer missing =
        company.as("bert", "POST", TICKETS, "{'subject':'x','" + PARENT + "Id':99999}").is(400);
    assertThat(missing.json().path("title").asString()).contains("which is not there");
    long own = company.ticket("bert", "{'subject':'mine'}");
    company.as("bert", "PUT", TICKETS + "/" + own + "/filed/" + acme, "").is(404);
  }

  @Test
  void permissionsOfOneEntryAreGivenAndTakenAndKept() throws Exception {
    long id;
    String address;
    try (Company company = Company.open(folder)) {
      id = company.ticket("anton", "{'subject':'shared'}");
      address = TICKETS + "/" + id;
      JsonNode initial = company.get("anton", address + "/permissions").is(200).json();
      assertThat(initial.path("items").toString())
          .isEqualTo(
              "[{\"actionIds\":[\"DELETE\",\"PERMISSIONS\",\"UPDATE\",\"VIEW\"],"
                  + "\"roleName\":\"Owner\"}]");
      company.get("bert", address).is(404);
      grant(company, "anton", address, "{'roleName':'author','actionIds':['VIEW','UPDATE']}");
      company.get("bert", address).is(200);
      assertThat(list(company, "bert", "").path("totalCount").asInt()).isEqualTo(1);
      company.as("bert", "PATCH", address, "{'subject':'changed by Bert'}").is(200);
      SecuredServer.Answer refused = company.as("bert", "DELETE", address, "").is(403);
      assertThat(refused.json().path("status").asString()).isEqualTo("FORBIDDEN");
      assertThat(refused.json().path("title").asString())
          .isEqualTo("User bert must have DELETE permission for tickets " + id);
      assertThat(refused.json().path("detail").asString())
          .contains("Guest, User, author", address + "/permissions");
    }
    try (Company company = Company.again(folder)) {
      company.get("bert", address).is(200);
      assertThat(company.get("bert", address).json().path("creator").path("name").asString())
          .isEqualTo("anton");
      grant(
          company,
          "anton",
          address,
          "{'roleName':'Owner','actionIds':['VIEW']},{'roleName':'Guest','actionIds':['VIEW']}");
      company.as("anton", "PATCH", address, "{'subject':'no more'}").is(403);
      company.get("guest", address).is(200);
      company.get("guest", TICKETS).is(401);
      company.as("guest", "PATCH", address, "{'subject':'no'}").is(401);
      company
          .as("adam", "PUT", address + "/permissions", "[{'roleName':'Owner','actionIds':[]}]")
          .is(200);
      company.get("anton", address).is(404);
      assertThat(list(company, "anton", "").path("totalCount").asInt()).isZero();
    }
  }

  private static void grant(Company company, String by, String address, String items)
      throws Exception {
    company.as(by, "PUT", address + "/permissions", "[" + items + "]").is(200);
  }

  @Test
  void permissionsThatCannotBeGrantedAreRefused() throws Exception {
    String address = TICKETS + "/" + company.ticket("anton", "{'subject':'x'}") + "/permissions";
    for (String[] wrong :
        new String[][] {
          {"{}", "not a JSON array"},
          {"[1]", "no role ''"},
          {"[{'roleName':'clark','actionIds':[]}]", "no role 'clark'"},
          {"[{'roleName':'Administrator','actionIds':[]}]", "no role 'Administrator'"},
          {"[{'roleName':'clerk'}]", "is no list"},
          {"[{'roleName':'clerk','actionIds':['ALL']}]", "'ALL' cannot be granted here"},
          {"[{'roleName':'clerk','actionIds':['ADD_OBJECT_ENTRY']}]", "cannot be granted here"},
          {
            "[{'roleName':'clerk','actionIds':[]},{'roleName':'clerk','actionIds':[]}]",
            "stands twice"
          }
        }) {
      SecuredServer.Answer answer = company.as("anton", "PUT", address, wrong[0]).is(400);
      assertThat(answer.json().path("title").asString()).contains(wrong[1]);
      assertThat(answer.json().path("detail").asString()).isNotBlank();
    }
    company.get("anton", address).is(200);
  }

  @Test
  void everybodySeesWhatGuestsMaySee() throws Exception {
    tickets(company);
    grant(company, "adam", TICKETS, "{'roleName':'Guest','actionIds':['VIEW']}");
    for (String caller : new String[] {"guest", "nora", "bert", "crm"}) {
      assertThat(list(company, caller, "").path("totalCount").asInt()).as(caller).isEqualTo(3);
    }
    company.as("guest", "POST", TICKETS, "{'subject':'x'}").is(401);
    grant(company, "adam", TICKETS, "");
    company.get("guest", TICKETS).is(401);
  }

  @Test
  void aDefinitionIsGrantedByItself() throws Exception {
    String one = Company.DEFINITIONS + "/" + company.definition("Ticket");
    company
        .as("dora", "PUT", one + "/permissions", "[{'roleName':'clerk','actionIds':['VIEW']}]")
        .is(200);
    JsonNode seen = company.get("clara", Company.DEFINITIONS).is(200).json();
    assertThat(seen.path("totalCount").asInt()).isEqualTo(1);
    assertThat(seen.path("items").path(0).path("name").asString()).isEqualTo("Ticket");
    company.get("clara", one).is(200);
    company.as("clara", "PATCH", one, "{'active':true}").is(403);
    company
        .as(
            "dora",
            "PUT",
            one + "/permissions",
            "[{'roleName':'clerk','actionIds':['VIEW','UPDATE']}]")
        .is(200);
    company.as("clara", "PATCH", one, "{'active':true}").is(200);
    // A relationship would change the definition on its other side.
    company
        .as(
            "clara",
            "POST",
            one + "/object-relationships",
            "{'name':'more','label':{'en_US':'More'},'type':'oneToMany',"
                + "'objectDefinitionName2':'Customer'}")
        .is(403);
    company.as("clara", "DELETE", one, "").is(403);
  }

  @Test
  void whoWritesIsTheCreatorWhateverIsSent() throws Exception {
    SecuredServer.Answer hub =
        company.as("clara", "POST", "/api/hub/v1/tickets", "{'subject':'x','creator':'bert'}");
    assertThat(hub.is(201).json().path("creator").asString()).isEqualTo("clara");
    long id = company.ticket("anton", "{'subject':'x','creator':{'name':'bert'}}");
    JsonNode entry = company.get("anton", TICKETS + "/" + id).is(200).json();
    assertThat(entry.path("creator").path("name").asString()).isEqualTo("anton");
    assertThat(list(company, "bert", "").path("totalCount").asInt()).isZero();
  }

  @Test
  void entriesOfAnotherSiteAreNotThere() throws Exception {
    company
        .as(
            "adam",
            "PUT",
            Company.DEFINITIONS + "/by-external-reference-code/Page",
            "{'name':'Page','label':{'en_US':'Page'},'pluralLabel':{'en_US':'Pages'},"
                + "'scope':'site','status':{'code':0},'objectFields':["
                + "{'name':'title','label':{'en_US':'Title'},'businessType':'Text'}]}")
        .is(200);
    String of = "/by-external-reference-code/HOME";
    grant(
        company,
        "adam",
        "/o/c/pages",
        "{'roleName':'author','actionIds':['VIEW','UPDATE','DELETE','ADD_OBJECT_ENTRY']}");
    company.as("anton", "PUT", "/o/c/pages/scopes/north" + of, "{'title':'x'}").is(200);
    company.get("bert", "/o/c/pages/scopes/north" + of).is(200);
    company.get("bert", "/o/c/pages/scopes/south" + of).is(404);
    company.as("bert", "PATCH", "/o/c/pages/scopes/south" + of, "{'title':'y'}").is(404);
    company.as("bert", "DELETE", "/o/c/pages/scopes/south" + of, "").is(404);
    company.get("bert", "/o/c/pages/scopes/south" + of + "/permissions").is(404);
    assertThat(
            company
                .get("bert", "/o/c/pages/scopes/south")
                .is(200)
                .json()
                .path("totalCount")
                .asInt())
        .isZero();
    company.get("clara", "/o/c/pages/scopes/north" + of).is(404);
  }

  @Test
  void noWayOfWritingAnAddressLeadsPastTheDoor() throws Exception {
    company.get("otto", "/api/v1/status").is(200);
    for (String address :
        new String[] {
          "/api/v1/status",
          "/api/v1/status/",
          "/api//v1/status",
          "//api/v1/status",
          "/api/./v1/status",
          "/api/%76%31/status",
          "/%61pi/v1/status",
          "/api/v1;x=y/status",
          "/api;x/v1/status",
          "/api/v1%2fstatus",
          "/api/hub/../v1/status",
          "/api/hub/v1/../../v1/status",
          "/api/%2e%2e/api/v1/status",
          "/o/../api/v1/status",
          "/o/%2e%2e/api/v1/status",
          "/o/..%2fapi/v1/status",
          "/o/c/../../api/v1/status",
          "/o/oauth2/../../api/v1/status",
          "/o/oauth2/..;/../api/v1/status",
          "/o/oauth2/%2e%2e/c/tickets",
          "/o/oauth2/../object-admin/v1.0/object-folders",
          "/health/live/../../metrics",
          "/health/../metrics"
        }) {
      for (String caller : new String[] {"guest", "nora"}) {
        SecuredServer.Answer answer = company.get(caller, address);
        // Nora may ask for tickets, and is shown none.
        boolean empty = answer.body().contains("\"totalCount\":0");
        assertThat(answer.status() == 200 && !empty)
            .as(caller + " " + address + " " + answer.status() + " " + answer.body())
            .isFalse();
      }
    }
  }
}
