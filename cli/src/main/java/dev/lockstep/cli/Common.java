package dev.lockstep.cli;

import dev.lockstep.server.ConfigurationRefused;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.StoredLockstep;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.Inspection;
import dev.lockstep.server.admin.LiveAdmin;
import dev.lockstep.server.admin.StoredInspection;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.Loaded;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes. */
final class Common {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-C", "--dir"},
      paramLabel = "DIR",
      description =
          "The folder with the lockstep.yaml, or such a file; the current folder by default.")
  private @Nullable Path dir;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Option(names = "--verbose", description = "Logs what goes on to standard error.")
  private boolean verbose;

  @Option(names = "--debug", description = "Shows where an error comes from.")
  private boolean debug;

  boolean isJson() {
    return json;
  }

  boolean isDebug() {
    return debug;
  }

  Terminal terminal() {
    return Terminal.of(spec.commandLine());
  }

  Printer printer() {
    return new Printer(terminal());
  }

  Path dir() {
    return dir == null ? Path.of("") : dir;
  }

  /** Reads the configuration, and begins to log. */
  Loaded load(Path place) {
    LogToStderr.start(verbose, debug);
    return Lockstep.load(place);
  }

  Configuration configuration() {
    return switch (load(dir())) {
      case Loaded.Valid(Configuration configuration) -> configuration;
      case Loaded.Invalid(var problems) -> throw new InvalidConfiguration(problems);
    };
  }

  /** The server that runs on this configuration, or else its Lockstep opened here, not started. */
  Admin admin() throws InterruptedException {
    return admin(configuration());
  }

  /** The server that runs on this configuration, or else its store, which is only read. */
  Inspection inspection() throws InterruptedException {
    Configuration configuration = configuration();
    Optional<Admin> server = server(configuration);
    return server.isPresent()
        ? server.get()
        : new StoredInspection(StoredLockstep.open(configuration, Clock.systemUTC()));
  }

  /** The server that runs on this configuration, for what only a server does. */
  Admin server() {
    return server(configuration())
        .orElseThrow(() ->
            new Failed(
                "no server runs on this configuration, and tasks are carried out by one; start it"
                    + " with: lockstep up"));
  }

  private static Optional<Admin> server(Configuration configuration) {
    return new ServerFile(configuration.server().data())
        .running()
        .map(at -> new RemoteAdmin(at.address(), configuration.server().token()));
  }

  static Admin admin(Configuration configuration) throws InterruptedException {
    Optional<Admin> server = server(configuration);
    if (server.isPresent()) {
      return server.get();
    }
    try {
      return new LiveAdmin(Lockstep.open(configuration));
    } catch (ConfigurationRefused refused) {
      throw new InvalidConfiguration(refused.problems());
    }
  }
}
