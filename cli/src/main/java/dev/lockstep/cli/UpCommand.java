package dev.lockstep.cli;

import dev.lockstep.server.ConfigurationRefused;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep up}: keeps every sync going until stopped. */
@Command(
    name = "up",
    description = "Keeps every sync going, and serves API and status page, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private final Stop stop;

  @Mixin private Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder with the lockstep.yaml, or such a file; as -C.")
  private @Nullable Path dir;

  UpCommand(Stop stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration =
        switch (common.load(dir == null ? common.dir() : dir)) {
          case Loaded.Valid(Configuration valid) -> valid;
          case Loaded.Invalid(var problems) -> throw new InvalidConfiguration(problems);
        };
    ServerFile file = new ServerFile(configuration.server().data());
    file.running()
        .ifPresent(running -> {
          throw new Failed(
              "Lockstep runs already on this configuration, at "
                  + running.address()
                  + " (process "
                  + running.pid()
                  + "); stop that one first");
        });
    try (Lockstep lockstep = open(configuration);
        HttpServer server = HttpServer.start(lockstep)) {
      lockstep.start();
      file.write(server.address(), Instant.now());
      try {
        tellReady(lockstep, server.address());
        new CountDownLatch(1).await();
      } catch (InterruptedException stopped) {
        if (!stop.isRequested()) {
          throw stopped;
        }
      } finally {
        file.remove();
      }
    }
    if (!common.isJson()) {
      common.printer().line("Stopped. What was under way goes on at the next start.");
    }
    return ExitCode.DONE;
  }

  private static Lockstep open(Configuration configuration) throws InterruptedException {
    try {
      return Lockstep.open(configuration);
    } catch (ConfigurationRefused refused) {
      throw new InvalidConfiguration(refused.problems());
    }
  }

  private void tellReady(Lockstep lockstep, URI address) {
    Configuration configuration = lockstep.configuration();
    Printer printer = common.printer();
    int systems = configuration.systems().size() + (configuration.hub().isPresent() ? 1 : 0);
    int syncs = lockstep.syncs().size();
    Duration took = sinceStart();
    if (common.isJson()) {
      ObjectNode ready = JsonNodeFactory.instance.objectNode();
      ready.put("address", address.toString());
      ready.put("pid", ProcessHandle.current().pid());
      ready.put("systems", systems).put("syncs", syncs);
      ready.put("readyAfterMillis", took.toMillis());
      printer.jsonLine(ready);
    } else {
      printer.line(
          "Lockstep is ready after "
              + Words.span(took)
              + ": "
              + count(syncs, "sync")
              + " between "
              + count(systems, "system")
              + ", status at "
              + printer.terminal().strong(address + "/")
              + " (Ctrl-C stops)");
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static Duration sinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()))
        .orElse(Duration.ZERO);
  }
}
