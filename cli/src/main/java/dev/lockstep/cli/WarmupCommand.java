package dev.lockstep.cli;

import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.RunOrder;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lockstep warmup}: does a little of everything in a folder of its own. The launcher runs it
 * once after a build, to record which classes a start needs.
 */
@Command(
    name = "warmup",
    hidden = true,
    description = "Does a little of everything, and ends.",
    mixinStandardHelpOptions = true)
final class WarmupCommand implements Callable<Integer> {
  private static final String CONFIGURATION =
      """
      lockstep: 1
      server: {address: "127.0.0.1:0"}
      hub:
        objects:
          partners:
            fields:
              name: {type: text(100), required: true}
              status: {type: text, oneOf: [new, verified], default: new}
      systems:
        folder:
          connector: file
          path: in
          datasets:
            balances: {files: balances.csv, key: [id], fields: {id: int, amount: "decimal(10,2)"}}
        reports: {connector: jdbc, url: "jdbc:sqlite:reports.db"}
      syncs:
        balances: {from: folder.balances, to: reports.balances, key: [id], create: true, freshness: 5s}
        partners:
          from: hub.partners
          to: reports.partners
          key: [code]
          create: true
          where: record.status == 'verified'
          map: {code: record.externalReferenceCode, name: record.name}
          freshness: 5s
      """;

  @Mixin private Common common;

  @Override
  public Integer call() throws InterruptedException, IOException {
    LoadClasses.ofJars("lockstep-", "postgresql-", "picocli-");
    Path folder = Files.createTempDirectory("lockstep-warmup");
    try {
      Files.writeString(folder.resolve("lockstep.yaml"), CONFIGURATION);
      Files.createDirectory(folder.resolve("in"));
      Files.writeString(folder.resolve("in/balances.csv"), "id,amount\n1,10.50\n2,3\n");
      switch (common.load(folder)) {
        case Loaded.Invalid(var problems) -> throw new InvalidConfiguration(problems);
        case Loaded.Valid(Configuration configuration) -> use(configuration);
      }
    } finally {
      delete(folder);
    }
    return ExitCode.DONE;
  }

  private static void use(Configuration configuration) throws InterruptedException, IOException {
    try (Lockstep lockstep = Lockstep.open(configuration);
        HttpServer server = HttpServer.start(lockstep);
        HttpClient http = HttpClient.newHttpClient()) {
      lockstep.start();
      URI hub = server.address().resolve("/api/hub/v1/partners");
      HttpRequest entry =
          HttpRequest.newBuilder(hub)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"A\",\"status\":\"verified\"}"))
              .build();
      http.send(entry, HttpResponse.BodyHandlers.discarding());
      for (String path : List.of("/", "/health/ready", "/metrics", "/openapi.json")) {
        HttpRequest get = HttpRequest.newBuilder(server.address().resolve(path)).build();
        http.send(get, HttpResponse.BodyHandlers.discarding());
      }
      try (RemoteAdmin admin = new RemoteAdmin(server.address(), configuration.server().token())) {
        admin.run("balances", new RunOrder(true, false), progress -> {});
        admin.run("partners", new RunOrder(true, false), progress -> {});
        admin.check();
        admin.plan();
        admin.status();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
