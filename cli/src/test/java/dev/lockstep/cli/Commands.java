package dev.lockstep.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands on a folder, in this process or as one of their own. */
final class Commands {
  private static final String CONFIGURATION =
      """
      lockstep: 1
      server: {address: "127.0.0.1:0"}
      systems:
        folder:
          connector: file
          path: in
          datasets:
            balances: {files: balances.csv, key: [id], fields: {id: int, amount: "decimal(10,2)"}}
        reports: {connector: jdbc, url: "jdbc:sqlite:reports.db"}
      syncs:
        balances:
          from: folder.balances
          to: reports.balances
          key: [id]
          create: true
          freshness: 10s
      """;

  private final Path folder;

  Commands(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("lockstep.yaml"), CONFIGURATION);
    Files.createDirectories(folder.resolve("in"));
    rows("1,Ada,10.50", "2,Bob,3");
  }

  void rows(String... rows) throws IOException {
    Files.writeString(
        folder.resolve("in/balances.csv"), "id,name,amount\n" + String.join("\n", rows) + "\n");
  }

  /** What a command printed and told. */
  record Outcome(int code, String out, String err) {
    JsonNode json() {
      return JsonMapper.builder().build().readTree(out);
    }
  }

  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.command(Stop.never());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(at(arguments));
    return new Outcome(code, out.toString(), err.toString());
  }

  private String[] at(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--help") && !all.isEmpty()) {
      all.add("-C");
      all.add(folder.toString());
    }
    return all.toArray(String[]::new);
  }

  /** Starts a process of its own with this one's class path. */
  Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lockstep.cli.Main"));
    line.addAll(List.of(at(arguments)));
    return new ProcessBuilder(line).redirectError(folder.resolve("err.txt").toFile()).start();
  }

  Outcome runAlone(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, err());
  }

  String err() throws IOException {
    return Files.readString(folder.resolve("err.txt"));
  }
}
