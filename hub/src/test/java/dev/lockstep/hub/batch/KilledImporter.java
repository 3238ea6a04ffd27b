package dev.lockstep.hub.batch;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.HubStores;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.document.DocumentFamily;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.file.Received;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A process of its own that imports one task after another until it is killed, and says when it has
 * begun; or, without new ones, until all are over and told.
 */
final class KilledImporter {
  static final int ITEMS = 1_500;

  /** Every so many items one lacks what is required. */
  static final int FAILING = 97;

  private static final Access ALL = Access.unlimited(Author.user("tester"));

  private final BatchTasks tasks;
  private final String callback;

  private KilledImporter(BatchTasks tasks, String callback) {
    this.tasks = tasks;
    this.callback = callback;
  }

  static BatchTasks open(Store store, Path folder) throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Hub hub =
        Hub.open(
            store, List.of(), new HubSettings(clock, new Random(1), HubSettings.DEFAULT_RETENTION));
    Definitions definitions = Definitions.open(hub, clock);
    FileEntries files = FileEntries.open(hub, folder.resolve("files"), clock);
    return BatchTasks.open(
        hub,
        new ItemHandlers(
            List.of(new ObjectEntries(definitions, files), new DocumentFamily(definitions))),
        folder.resolve("imports"),
        new Destinations(true),
        (principal, author) -> Access.unlimited(author),
        clock,
        new BatchSettings(1 << 30, 2, 40, Duration.ofDays(1)));
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Store store = HubStores.open(folder);
    BatchTasks tasks = open(store, folder);
    tasks.start();
    KilledImporter importer = new KilledImporter(tasks, args[1]);
    importer.define();
    System.out.println("begun");
    System.out.flush();
    boolean finish = args[2].equals("finish");
    while (!importer.allOver() || !finish) {
      if (importer.allOver()) {
        importer.submitNext();
      }
      Thread.sleep(5);
    }
    while (isAnyUntold(store)) {
      Thread.sleep(20);
    }
    tasks.close();
    store.close();
  }

  private static boolean isAnyUntold(Store store) throws InterruptedException {
    return store.read(tx ->
        tx.first("SELECT 1 FROM batch_callback WHERE state = 'WAITING' LIMIT 1", row -> 1)
            .isPresent());
  }

  private boolean allOver() throws InterruptedException {
    return tasks.list(TaskQuery.newest(10)).tasks().stream().allMatch(it -> it.status().isOver());
  }

  private void define() throws InterruptedException {
    if (tasks.list(TaskQuery.newest(1)).total() > 0) {
      return;
    }
    submit(
        new Order(
            "com.liferay.object.admin.rest.dto.v1_0.ObjectDefinition",
            Operation.CREATE,
            Map.of("createStrategy", "UPSERT", "externalReferenceCode", "definition")),
        "[{'externalReferenceCode': 'TICKET', 'name': 'Ticket', 'label': {'en_US': 'Ticket'},"
            + " 'pluralLabel': {'en_US': 'Tickets'}, 'status': {'code': 0}, 'objectFields':"
            + " [{'name': 'subject', 'businessType': 'Text', 'label': {'en_US': 'S'}, 'required':"
            + " true}], 'objectRelationships': [{'name': 'before', 'label': {'en_US': 'B'}, 'type':"
            + " 'oneToMany', 'deletionType': 'disassociate',"
            + " 'objectDefinitionExternalReferenceCode2': 'TICKET'}]}]");
    while (!allOver()) {
      Thread.sleep(5);
    }
  }

  private void submitNext() throws InterruptedException {
    long number = tasks.list(TaskQuery.newest(1)).total();
    String code = "t" + number;
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < ITEMS; i++) {
      items.append(i == 0 ? "[" : ",\n").append(item(code, i));
    }
    submit(
        new Order(
            Order.ENTRIES,
            Operation.CREATE,
            Map.of(
                "taskItemDelegateName",
                "C_Ticket",
                "importStrategy",
                "ON_ERROR_CONTINUE",
                "externalReferenceCode",
                code,
                "callbackURL",
                callback)),
        items.append(']').toString());
  }

  /** Without a code an item that was written twice would be there twice. */
  private static String item(String code, int i) {
    if (i % FAILING == 0) {
      return "{}";
    }
    String subject = "'subject': '" + code + "-" + i + "'";
    return switch (i % 3) {
      case 0 -> "{" + subject + "}";
      case 1 -> "{'externalReferenceCode': '" + code + "-" + i + "', " + subject + "}";
      default -> "{" + subject + ", 'r_before_c_ticketERC': '" + code + "-" + later(i) + "'}";
    };
  }

  /** An item with a code, some groups later where there are as many. */
  private static int later(int i) {
    int later = Math.min(i + 200, ITEMS - 3);
    while (later % 3 != 1 || later % FAILING == 0) {
      later--;
    }
    return later;
  }

  private void submit(Order order, String json) throws InterruptedException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    try (Received received = tasks.receive()) {
      received.write(bytes, 0, bytes.length);
      tasks.submit(
          order, new BatchTasks.Sending(received, Optional.of(ContentType.JSON), "items", 0), ALL);
    }
  }
}
