package dev.lockstep.hub.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.format.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files that come within items: kept with what refers to them, gone with what was never written.
 */
class LeftFilesTest {
  private static final String LICENCES = "/o/c/licences";
  private static final String SCAN = "{'scan': {'name': 'a.pdf', 'fileBase64': 'aGVsbG8='}}";

  @TempDir Path folder;

  @Test
  void whatAKilledProcessHadPreparedAndNotWrittenIsRemovedAtTheNextStart() throws Exception {
    try (BatchServer server = new BatchServer(folder)) {
      server.put(
          "LICENCE",
          "{'name': 'Licence', 'label': {'en_US': 'L'}, 'pluralLabel': {'en_US': 'L'},"
              + " 'status': {'code': 0}, 'objectFields': [{'name': 'scan', 'label': {'en_US': 'S'},"
              + " 'businessType': 'Attachment', 'DBType': 'Long'}]}");
      server.imported("POST", LICENCES + "/batch", "[" + SCAN + "," + SCAN + "]");
      server.send("POST", LICENCES, SCAN).is(200);
      assertThat(contents()).isEqualTo(3);
      prepared(server);
      assertThat(contents()).isEqualTo(4);
    }
    try (BatchServer server = new BatchServer(folder)) {
      assertThat(contents()).isEqualTo(3);
      server
          .get(LICENCES + "?pageSize=10")
          .is(200)
          .json()
          .path("items")
          .forEach(it -> assertThat(it.path("scan").path("id").longValue()).isPositive());
    }
    // Nothing is left to look at, and nothing else goes.
    try (BatchServer server = new BatchServer(folder)) {
      assertThat(server.count("licences")).isEqualTo(3);
      assertThat(contents()).isEqualTo(3);
    }
  }

  /** As far as a group comes before it is written; the process ends there. */
  private static void prepared(BatchServer server) throws Exception {
    ObjectNode item = (ObjectNode) JsonMapper.shared().readTree(SCAN.replace('\'', '"'));
    Order order = new Order(Order.ENTRIES, Operation.CREATE, Map.of(Order.DELEGATE, "C_Licence"));
    new ObjectEntries(server.definitions(), server.files())
        .ready(
            List.of(new Item.Read(1, item)),
            order.parameters(Access.unlimited(Author.user("tester"))));
  }

  private long contents() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("files"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
