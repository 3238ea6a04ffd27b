package dev.lockstep.server.action;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A process of its own that writes entries whose actions call a receiver, until it is killed, and
 * prints what was acknowledged.
 */
final class KilledServer {
  static final int UPDATES = 3;

  private KilledServer() {}

  public static void main(String[] args) throws Exception {
    Served served = Served.open(Path.of(args[0]), true);
    Hub hub = served.lockstep.hub().orElseThrow();
    for (int i = 0; ; i++) {
      String code = args[1] + "-" + i;
      hub.create("tickets", draft(code, 0), Author.UNKNOWN);
      for (int number = 1; number <= UPDATES; number++) {
        hub.patch(
            "tickets", new EntryRef.Code(code), draft(null, number), Match.ANY, Author.UNKNOWN);
        byte[] line = (code + " " + number + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
      }
    }
  }

  private static Draft draft(@org.jspecify.annotations.Nullable String code, long number) {
    return new Draft(code, Map.of("number", number));
  }
}
