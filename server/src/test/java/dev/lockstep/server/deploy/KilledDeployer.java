package dev.lockstep.server.deploy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * A process of its own that deploys an archive, and says when it has taken it and when it ended.
 */
final class KilledDeployer {
  private KilledDeployer() {}

  public static void main(String[] args) throws Exception {
    Served served = Served.open(Path.of(args[0]));
    JsonNode taken = served.deploy(Path.of(args[1]), "").is(200).json().path("items").path(0);
    say("taken");
    say(served.ended(taken.path("id").longValue()).path("state").stringValue());
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void say(String text) {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(line, 0, line.length);
    System.out.flush();
  }
}
