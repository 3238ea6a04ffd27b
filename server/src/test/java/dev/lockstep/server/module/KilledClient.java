package dev.lockstep.server.module;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process of its own that serves a module and creates entries over HTTP, each with a key, until
 * it is killed. It says what it sends before, and what was answered after.
 */
final class KilledClient {
  static final int THREADS = 4;

  private KilledClient() {}

  public static void main(String[] args) throws Exception {
    Served served = Served.open(Path.of(args[0]), Sales.BOTH);
    for (int thread = 0; thread < THREADS; thread++) {
      String prefix = args[1] + "-" + thread + "-";
      Thread.startVirtualThread(() -> {
        try {
          for (int i = 0; ; i++) {
            create(served, prefix + i);
          }
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      });
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void create(Served served, String key) throws Exception {
    print("sent " + key);
    var answer =
        served.send("POST", "/api/sales/v1/customers", body(key), "Idempotency-Key", key).is(201);
    print("done " + key + " " + answer.text("id"));
  }

  static String body(String key) {
    return "{'company':'%s','name':'Ann Lee'}".formatted(key);
  }

  private static synchronized void print(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
