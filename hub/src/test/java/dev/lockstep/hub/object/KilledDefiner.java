package dev.lockstep.hub.object;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.HubStores;
import dev.lockstep.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A process of its own that changes a published definition while it writes entries, until it is
 * killed, and prints what was acknowledged.
 */
final class KilledDefiner {
  static final String OBJECT = "tickets";
  static final int THREADS = 4;

  /** Of one process, so that many of them stay within what a definition may have. */
  private static final int FIELDS = 8;

  private KilledDefiner() {}

  static Definitions open(Store store) throws InterruptedException {
    Hub hub =
        Hub.open(
            store,
            List.of(),
            new HubSettings(InstantSource.system(), new Random(1), HubSettings.DEFAULT_RETENTION));
    return Definitions.open(hub, InstantSource.system());
  }

  public static void main(String[] args) throws InterruptedException {
    Store store = HubStores.open(Path.of(args[0]));
    Definitions definitions = open(store);
    long id = ticket(definitions);
    for (int i = 0; i < THREADS; i++) {
      String prefix = args[1] + "-" + i + "-";
      Thread.startVirtualThread(() -> write(definitions, prefix));
    }
    long last =
        definitions
            .add(
                PartKind.FIELD,
                id,
                Documents.parse(
                    "{\"name\":\"g%s\",\"businessType\":\"Text\",\"label\":\"g\"}"
                        .formatted(args[1])))
            .path("id")
            .longValue();
    for (int i = 0; ; i++) {
      if (i >= FIELDS) {
        // A definition has a limit of fields; one is changed to and fro until the kill.
        boolean shorter = i % 2 == 0;
        definitions.change(
            PartKind.FIELD,
            last,
            Documents.parse(
                shorter
                    ? "{\"businessType\":\"Text\",\"DBType\":\"String\"}"
                    : "{\"businessType\":\"LongText\",\"DBType\":\"Clob\"}"),
            false);
        continue;
      }
      String name = "f" + args[1] + "x" + i;
      String type = i % 2 == 0 ? "Text" : "LongInteger";
      long field =
          definitions
              .add(
                  PartKind.FIELD,
                  id,
                  Documents.parse(
                      "{\"name\":\""
                          + name
                          + "\",\"businessType\":\""
                          + type
                          + "\",\"label\":\""
                          + name
                          + "\"}"))
              .path("id")
              .longValue();
      print("field " + name);
      // The values of every entry are carried to a column of the other type.
      definitions.change(
          PartKind.FIELD,
          field,
          Documents.parse(
              i % 2 == 0
                  ? "{\"businessType\":\"LongText\",\"DBType\":\"Clob\"}"
                  : "{\"businessType\":\"Text\",\"DBType\":\"String\"}"),
          false);
      print("retyped " + name + (i % 2 == 0 ? " Clob" : " String"));
    }
  }

  private static long ticket(Definitions definitions) {
    return definitions
        .model()
        .byName("Ticket")
        .map(Definition::id)
        .orElseGet(() -> {
          long id =
              definitions
                  .create(
                      Documents.parse(
                          "{\"name\":\"Ticket\",\"label\":\"Ticket\",\"pluralLabel\":\"Tickets\","
                              + "\"objectFields\":[{\"name\":\"subject\",\"businessType\":\"Text\","
                              + "\"label\":\"Subject\"},{\"name\":\"number\",\"businessType\":"
                              + "\"AutoIncrement\",\"label\":\"Number\"}]}"))
                  .id();
          definitions.publish(id);
          return id;
        });
  }

  private static void write(Definitions definitions, String prefix) {
    try {
      for (int i = 0; ; i++) {
        String code = prefix + i;
        definitions
            .hub()
            .create(OBJECT, new Draft(code, Map.of("subject", "Subject " + i)), Author.UNKNOWN);
        print("entry " + code);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized void print(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
