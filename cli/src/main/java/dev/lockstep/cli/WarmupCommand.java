package dev.lockstep.cli;

import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code lockstep warmup}: does a little of everything in a folder of its own. The launcher runs it
 * twice after a build, to record which classes a start needs: every one of them costs each start a
 * little, so what runs once and ends has a recording of its own.
 */
@Command(
    name = "warmup",
    hidden = true,
    description = "Does a little of everything, and ends.",
    mixinStandardHelpOptions = true)
final class WarmupCommand implements Callable<Integer> {
  private static final int ANSWERS_WITHIN_MILLIS = 10_000;
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

  /** What following and copying between PostgreSQL servers needs, and nothing here can try. */
  private static final String[] POSTGRESQL = {
    "dev/lockstep/engine/direct/",
    "dev/lockstep/engine/run/",
    "dev/lockstep/connectors/jdbc/",
    "dev/lockstep/connectors/postgresql/",
    "org/postgresql/copy/",
    "org/postgresql/core/",
    "org/postgresql/jdbc/",
    "org/postgresql/replication/",
    "org/postgresql/util/"
  };

  @Mixin private Common common;

  /** What a start is of. */
  enum Start {
    UP,
    ONCE
  }

  @Parameters(paramLabel = "START", description = "Of what goes on (up), or ends (once).")
  private Start start;

  @Override
  public Integer call() throws InterruptedException, IOException {
    LoadClasses.ofPackages(POSTGRESQL);
    Path folder = Files.createTempDirectory("lockstep-warmup");
    try {
      Files.writeString(folder.resolve("lockstep.yaml"), CONFIGURATION);
      Files.createDirectory(folder.resolve("in"));
      Files.writeString(folder.resolve("in/balances.csv"), "id,amount\n1,10.50\n2,3\n");
      return switch (start) {
        case UP -> serve(folder);
        case ONCE -> runOnce(folder);
      };
    } finally {
      delete(folder);
    }
  }

  private static int runOnce(Path folder) {
    for (String line : List.of("run balances", "run partners --json", "check", "plan", "status")) {
      CommandLine command = Main.command(Stop.never(), line.split(" ", -1));
      command.setOut(new PrintWriter(Writer.nullWriter()));
      int code = command.execute((line + " -C " + folder).split(" ", -1));
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    return ExitCode.DONE;
  }

  private int serve(Path folder) throws InterruptedException, IOException {
    Configuration configuration =
        switch (common.load(folder)) {
          case Loaded.Valid(Configuration valid) -> valid;
          case Loaded.Invalid(var problems) -> throw new InvalidConfiguration(problems);
        };
    try (Lockstep lockstep = Lockstep.open(configuration);
        HttpServer server = HttpServer.start(lockstep)) {
      lockstep.start();
      post(server, "/api/hub/v1/partners", "{\"name\":\"A\",\"status\":\"verified\"}");
      for (String sync : List.of("balances", "partners")) {
        post(server, "/api/v1/syncs/" + sync + "/runs", "{\"full\":true}");
      }
      for (String path : List.of("/", "/health/ready", "/metrics", "/api/v1/status")) {
        ask(server, "GET " + path, "");
      }
    }
    return ExitCode.DONE;
  }

  private static void post(HttpServer server, String path, String json) throws IOException {
    ask(server, "POST " + path, json);
  }

  // By hand, because a client would bring as many classes as the server, which no server needs.
  private static void ask(HttpServer server, String what, String json) throws IOException {
    URI address = server.address();
    String request =
        "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: application/json\r\n"
                .formatted(what, address.getAuthority())
            + "Content-Length: %d\r\n\r\n%s".formatted(json.length(), json);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
