package dev.lockstep.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Entries of a defined object over Liferay's API, with 32 connections: reads of one entry, lists
 * that are filtered and sorted by indexed fields, and durable writes; first with few entries, then
 * with as many as are asked for. Beside it, in the same run, the same reads and writes of a plain
 * handler over JDBC and a store of the same kind: the upper bound.
 */
final class Entries implements Benchmark {
  private static final int FEW = 20_000;
  private static final int AT_ONCE = 1000;
  private static final int SECONDS = 9;
  private static final String PATH = "/o/c/accounts";

  private final Arguments arguments;

  Entries(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public Report measure() throws Exception {
    SequencedMap<String, Double> figures = new LinkedHashMap<>();
    SequencedMap<String, Double> ratios = new LinkedHashMap<>();
    double peak;
    Round few;
    try (RunningLockstep lockstep = RunningLockstep.up(folder())) {
      AccountObject.define(lockstep.address(), "Account");
      fill(lockstep.address(), 0, FEW);
      // What compiles itself while it runs is measured once it has.
      Round.of(lockstep.address(), FEW);
      few = Round.of(lockstep.address(), FEW);
      int many = arguments.rowsOr(1_000_000);
      fill(lockstep.address(), FEW, many);
      Round all = Round.of(lockstep.address(), many);
      few.put(figures, "");
      all.put(figures, "Million");
      ratios.put("readsOfFew", all.reads().perSecond() / few.reads().perSecond());
      ratios.put("listsOfFew", all.lists().perSecond() / few.lists().perSecond());
      ratios.put("writesOfFew", all.writes().perSecond() / few.writes().perSecond());
      peak = lockstep.peakRssMiB();
    }
    try (PlainHandler plain = PlainHandler.start(FEW)) {
      Callers reads =
          Callers.send(
              plain.address(),
              SECONDS,
              (connection, random) -> connection.send("GET", "/" + "a" + random.nextInt(FEW), ""));
      Callers writes =
          Callers.send(
              plain.address(),
              SECONDS,
              (connection, random) ->
                  connection.send(
                      "PUT",
                      "/" + "a" + random.nextInt(FEW),
                      AccountObject.entry(random.nextInt(FEW), random.nextInt())));
      ratios.put("plainReads", few.reads().perSecond() / reads.perSecond());
      ratios.put("plainWrites", few.writes().perSecond() / writes.perSecond());
    }
    return new Report("entries", figures, ratios, peak);
  }

  /** What was measured with one number of entries. */
  private record Round(Callers reads, Callers lists, Callers writes) {
    static Round of(URI address, int entries) throws Exception {
      Callers reads =
          Callers.send(
              address,
              SECONDS,
              (connection, random) -> {
                String code = "a" + random.nextInt(entries);
                require(
                    connection.send("GET", PATH + "/by-external-reference-code/" + code, ""), code);
              });
      Callers lists =
          Callers.send(
              address,
              SECONDS,
              (connection, random) -> {
                String group = "g" + random.nextInt(entries / AccountObject.PER_GROUP);
                require(
                    connection.send(
                        "GET",
                        PATH
                            + "?filter=region%20eq%20'"
                            + group
                            + "'&sort=revision:desc&pageSize=20",
                        ""),
                    "\"totalCount\":" + AccountObject.PER_GROUP);
              });
      Callers writes =
          Callers.send(
              address,
              SECONDS,
              (connection, random) -> {
                int at = random.nextInt(entries);
                connection.send(
                    "PUT",
                    PATH + "/by-external-reference-code/a" + at,
                    AccountObject.entry(at, random.nextInt(1 << 30)));
              });
      System.err.printf(
          "%d entries: %.0f reads, %.0f lists, %.0f writes a second%n",
          entries, reads.perSecond(), lists.perSecond(), writes.perSecond());
      return new Round(reads, lists, writes);
    }

    private static void require(String answer, String wanted) throws IOException {
      if (!answer.contains(wanted)) {
        throw new IOException("no " + wanted + " in " + answer);
      }
    }

    void put(SequencedMap<String, Double> figures, String with) {
      figures.put("readsPerSecond" + with, reads.perSecond());
      figures.put("listsPerSecond" + with, lists.perSecond());
      figures.put("writesPerSecond" + with, writes.perSecond());
      figures.put("p99Ms" + with, Math.max(reads.p99Millis(), writes.p99Millis()));
      figures.put("listsP99Ms" + with, lists.p99Millis());
    }
  }

  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("entries");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub: {definitions: true}
        """);
    return folder;
  }

  private static void fill(URI address, int from, int to) throws IOException {
    try (KeptConnection connection = new KeptConnection(address)) {
      for (int first = from; first < to; first += AT_ONCE) {
        StringBuilder body = new StringBuilder("[");
        for (int i = first; i < Math.min(to, first + AT_ONCE); i++) {
          body.append(i == first ? "" : ",")
              .append("{\"externalReferenceCode\":\"a")
              .append(i)
              .append("\",")
              .append(AccountObject.entry(i, 0).substring(1));
        }
        connection.send("PUT", "/api/hub/v1/accounts/batch", body.append(']').toString());
      }
    }
  }
}
