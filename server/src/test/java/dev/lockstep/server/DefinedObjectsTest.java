package dev.lockstep.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.PartKind;
import dev.lockstep.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Syncs of objects that are defined while Lockstep runs. */
class DefinedObjectsTest {
  @TempDir private Path folder;
  private String database = "";

  @BeforeEach
  void configure() throws Exception {
    database = "jdbc:sqlite:" + folder.resolve("reports.db");
    execute("CREATE TABLE tickets (code TEXT PRIMARY KEY, subject TEXT, urgency INTEGER)");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub: {definitions: true}
        systems:
          reports: {connector: jdbc, url: "%s"}
        syncs:
          tickets:
            from: hub.tickets
            to: reports.tickets
            key: [code]
            strategy: event
            map: {code: record.externalReferenceCode, subject: record.subject, urgency: record.urgency}
        """
            .formatted(database));
  }

  @Test
  void aSyncWaitsForItsObjectAndOutlivesItsChanges() throws Exception {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      lockstep.start();
      await(
          "waits",
          () ->
              lockstep.engine().troubles().stream()
                  .anyMatch(it -> it.toString().contains("tickets")));
      Definitions definitions = lockstep.definitions().orElseThrow();
      Definition ticket = ticket(definitions);
      Hub hub = lockstep.hub().orElseThrow();
      create(hub, "t-1", Map.of("subject", "One", "urgency", 1L));
      await("the first", () -> rows().equals(List.of("t-1 One 1")));
      definitions.add(
          PartKind.FIELD,
          ticket.id(),
          json("{'name': 'answer', 'businessType': 'Text', 'label': 'Answer'}"));
      create(hub, "t-2", Map.of("subject", "Two", "urgency", 2L, "answer", "So"));
      hub.patch(
          "tickets",
          new EntryRef.Code("t-1"),
          new Draft(null, Map.of("answer", "No", "urgency", 3L)),
          Match.ANY,
          Author.UNKNOWN);
      await("those of the new shape", () -> rows().equals(List.of("t-1 One 3", "t-2 Two 2")));
      retyped(definitions, "urgency", "LongInteger");
      create(hub, "t-3", Map.of("subject", "Three", "urgency", 5L));
      await("those of the other type", () -> rows().contains("t-3 Three 5"));
      hub.delete("tickets", new EntryRef.Code("t-2"), Match.ANY, Author.UNKNOWN);
      await("the deletion", () -> rows().equals(List.of("t-1 One 3", "t-3 Three 5")));
      for (String code : List.of("t-1", "t-3")) {
        hub.delete("tickets", new EntryRef.Code(code), Match.ANY, Author.UNKNOWN);
      }
      definitions.delete(ticket.id());
      await("what went before its object", () -> rows().isEmpty());
      assertThat(ticket(definitions).id()).isGreaterThan(ticket.id());
      assertThat(lockstep.engine().letters(null, null, 0, 10)).isEmpty();
    }
    try (Lockstep again = Lockstep.open(folder)) {
      again.start();
      create(again.hub().orElseThrow(), "t-4", Map.of("subject", "Four", "urgency", 4L));
      await("after a restart", () -> rows().contains("t-4 Four 4"));
    }
  }

  private static Definition ticket(Definitions definitions) {
    return definitions.create(
        json(
            "{'name': 'Ticket', 'label': 'Ticket', 'pluralLabel': 'Tickets', 'status': {'code': 0},"
                + " 'objectFields': [{'name': 'subject', 'businessType': 'Text', 'label': 'Subject'},"
                + " {'name': 'urgency', 'businessType': 'Integer', 'label': 'Urgency'}]}"));
  }

  private static void retyped(Definitions definitions, String name, String type) {
    long field = definitions.model().byName("Ticket").orElseThrow().field(name).orElseThrow().id();
    definitions.change(
        PartKind.FIELD,
        field,
        json("{'businessType': '" + type + "', 'DBType': 'Long', 'type': 'Long'}"),
        false);
  }

  private static void create(Hub hub, String code, Map<String, Object> values)
      throws InterruptedException {
    hub.create("tickets", new Draft(code, values), Author.UNKNOWN);
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private void await(String what, Check check) throws Exception {
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!check.holds()) {
      assertThat(System.nanoTime()).as(what + "; there are " + rows()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT code, subject, urgency FROM tickets ORDER BY code")) {
      while (found.next()) {
        rows.add(found.getString(1) + " " + found.getString(2) + " " + found.getString(3));
      }
    }
    return rows;
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
