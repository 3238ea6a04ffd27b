package dev.lockstep.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What would break clients of a deployed version is refused, with the whole list. */
class BreakingDeploymentTest {
  @TempDir private Path folder;

  /**
   * A change of the file.
   *
   * @param broken the beginnings of what is told; none when it may be deployed
   */
  record Change(String name, String from, String to, String... broken) {
    String applied() {
      assertThat(Sales.BOTH).as(name).contains(from);
      return Sales.BOTH.replace(from, to);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change("nothing", "title: Sales", "title: Selling"),
        new Change("a field more", "email: text(100)", "email: text(100)\n        phone: text"),
        new Change("more room", "email: text(100)", "email: text(300)"),
        new Change("more digits", "decimal(12,2)", "decimal(16,4)"),
        new Change(
            "a shown field more",
            "kind: {constant: business}",
            "kind: {constant: business}\n                credit: limit"),
        new Change(
            "an object's field is gone",
            "        country: text(2)\n",
            "",
            "/api/sales/v1 customers: 'country' is no field",
            "/api/sales/v2 accounts: 'country' is no field"),
        new Change(
            "a shown field is gone",
            "                limit: limit\n",
            "",
            "/api/sales/v2 accounts.limit is gone"),
        new Change(
            "less room",
            "email: text(100)",
            "email: text(40)",
            "/api/sales/v1 customers.email was text(100)" + " and would be text(40)",
            "/api/sales/v2 accounts.email was text(100)"),
        new Change(
            "less room in a part of what is shown as one",
            "lastName: text(50)",
            "lastName: text(20)",
            "/api/sales/v1 customers.name was text(101)" + " and would be text(71)",
            "/api/sales/v2 accounts.lastName was text(50)"),
        new Change(
            "another type",
            "opened: timestamp",
            "opened: date",
            "/api/sales/v2 accounts.opened was timestamp" + " and would be date"),
        new Change(
            "fewer digits",
            "decimal(12,2)",
            "decimal(12,4)",
            "/api/sales/v2 accounts.limit was decimal(12,2)"),
        new Change(
            "a new field that must be sent",
            "email: text(100)",
            "email: text(100)\n        taxId: {type: text, required: true}",
            "/api/sales/v1 customers: 'taxId' of accounts is required" + " and not shown",
            "/api/sales/v2 accounts: 'taxId' of accounts is required"),
        new Change(
            "a field that must be sent from now on",
            "email: text(100)",
            "email: {type: text(100), required: true}",
            "/api/sales/v1 customers.email need not be sent" + " and would have to be",
            "/api/sales/v2 accounts.email need not be sent"),
        new Change(
            "a field that may be null from now on",
            "{type: text(100), required: true}",
            "text(100)",
            "/api/sales/v1 customers.company was never null",
            "/api/sales/v2 accounts.businessName was" + " never null"),
        new Change(
            "a value less",
            "oneOf: [new, active, blocked, archived]",
            "oneOf: [new, active, archived]",
            "/api/sales/v1 customers: 'blocked'" + " is no value of state",
            "/api/sales/v2 accounts.state took 'blocked'"),
        new Change(
            "a value more that has no word",
            "oneOf: [new, active, blocked, archived]",
            "oneOf: [new, active, blocked, archived, lost]",
            "/api/sales/v1 customers: 'lost' of state" + " has no word here"),
        new Change(
            "a word less",
            "active: active, closed: [blocked, archived]",
            "active: [active, blocked, archived]",
            "/api/sales/v1 customers.status took 'closed'"),
        new Change(
            "values where any text was taken",
            "email: text(100)",
            "email: {type: text(100), oneOf: [a, b]}",
            "/api/sales/v1 customers.email took any text",
            "/api/sales/v2 accounts.email took any text"),
        new Change(
            "another default",
            "default: new",
            "default: active",
            "/api/sales/v1 customers.status was 'open' where"
                + " nobody sent it and would be 'active'; write default: open",
            "/api/sales/v2 accounts.state was 'new' where"),
        new Change(
            "a constant where something could be set",
            "company: businessName",
            "company: {constant: Acme}",
            "/api/sales/v1 customers.company could be set and would always be 'Acme'",
            "/api/sales/v1 customers: 'businessName' of accounts is" + " required and not shown"),
        new Change(
            "another constant",
            "constant: business",
            "constant: trade",
            "/api/sales/v1 customers.kind was always 'business'"),
        new Change(
            "an object of a version is gone",
            "customers:",
            "clients:",
            "/api/sales/v1 customers is gone"),
        new Change(
            "a version is gone before its sunset",
            "v1:",
            "v3:",
            "/api/sales/v1 is gone, and was to be there until 2031-03-01"),
        new Change(
            "a version without end is gone",
            "v2:",
            "v3:",
            "/api/sales/v2 is gone, and was to be there without end"),
        new Change("the sunset is later", "sunset: 2031-03-01", "sunset: 2032-03-01"),
        new Change("the sunset is taken back", "sunset: 2031-03-01", ""),
        new Change(
            "the sunset is earlier",
            "sunset: 2031-03-01",
            "sunset: 2031-02-01",
            "/api/sales/v1 was to be there until 2031-03-01 and would go on 2031-02-01"),
        new Change(
            "a module is gone",
            "sales:",
            "sells:",
            "/api/sales/v1 is gone",
            "/api/sales/v2 is gone"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isToldWholeAndLeavesEverythingAsItWas(Change change) throws Exception {
    assertThat(Served.refusal(folder, Sales.BOTH)).isEmpty();
    List<String> refusal = Served.refusal(folder, change.applied());
    List<String> told = new ArrayList<>(refusal);
    for (String broken : change.broken()) {
      assertThat(told).as(refusal.toString()).anyMatch(line -> line.contains(broken));
      told.remove(told.stream().filter(line -> line.contains(broken)).findFirst().orElseThrow());
    }
    assertThat(told).as("nothing else").isEmpty();
    if (!refusal.isEmpty()) {
      assertThat(Served.refusal(folder, Sales.BOTH)).as("as it was").isEmpty();
    }
  }

  @Test
  void whatIsMeantIsNamed() throws Exception {
    assertThat(Served.refusal(folder, Sales.BOTH)).isEmpty();
    String meant =
        Sales.BOTH
            .replace("                limit: limit\n", "")
            .replace("sunset: 2031-03-01", "sunset: 2030-01-01")
            .replace("email: text(100)", "email: text(40)");
    assertThat(Served.refusal(folder, meant)).hasSize(4);
    String named = "title: Sales\n      breaks: [v1, v2.accounts.limit]";
    assertThat(Served.refusal(folder, meant.replace("title: Sales", named)))
        .hasSize(1)
        .allMatch(it -> it.contains("v2 accounts.email was text(100)"));
  }

  @Test
  void aMappingKeepsThePromises() throws Exception {
    assertThat(Served.refusal(folder, Sales.BOTH)).isEmpty();
    // The object moves on: another name, and it must be there. Both versions show it as it was.
    String moved =
        Sales.BOTH
            .replace("email: text(100)", "mail: {type: text(100), required: true}")
            .replace("unique: [email]", "unique: [mail]")
            .replace("email: email", "email: {field: mail, default: none@example.com}");
    assertThat(Served.refusal(folder, moved)).isEmpty();
  }

  @Test
  void theCheckBesideARunningServerTellsItToo() throws Exception {
    try (Served served = Served.open(folder, Sales.BOTH)) {
      Files.writeString(
          folder.resolve("lockstep.yaml"), Sales.BOTH.replace("country: text(2)", "land: text(2)"));
      var loaded = (Loaded.Valid) Lockstep.load(folder);
      assertThat(Lockstep.brokenModules(loaded.configuration()))
          .hasSize(2)
          .allMatch(problem -> problem.line() > 10 && problem.fault().contains("'country'"));
      served.get("/api/sales/v1/customers").is(200);
    }
  }
}
