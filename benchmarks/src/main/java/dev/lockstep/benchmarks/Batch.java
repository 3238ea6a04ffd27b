package dev.lockstep.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Imports and exports of entries by tasks, against one durable commit per entry: over the same
 * server's API, one request after the other; and of plain rows in a store of the same kind.
 */
final class Batch implements Benchmark {
  private static final int SHEET_ROWS = 200_000;
  private static final int SINGLE = 5_000;

  private final Arguments arguments;

  Batch(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public Report measure() throws Exception {
    int rows = arguments.rowsOr(1_000_000);
    SequencedMap<String, Double> figures = new LinkedHashMap<>();
    SequencedMap<String, Double> ratios = new LinkedHashMap<>();
    Path folder = folder();
    try (RunningLockstep lockstep = RunningLockstep.up(folder)) {
      for (String object : new String[] {"Single", "Account", "Shop", "Sheet"}) {
        AccountObject.define(lockstep.address(), object);
      }
      double single = single(lockstep.address());
      double plain = PlainRows.perSecond(SINGLE);
      BatchTask task = new BatchTask(lockstep.address());
      double imported =
          rows / task.imported("Account", "application/x-ndjson", lines(folder, rows), rows);
      double exported = rows / task.exported("Account", "JSONL", rows, folder.resolve("out.zip"));
      int sheet = Math.min(rows, SHEET_ROWS);
      figures.put("singlePerSecond", single);
      figures.put("plainCommitsPerSecond", plain);
      figures.put("importPerSecond", imported);
      figures.put("exportPerSecond", exported);
      figures.put("peakMiBOfLines", lockstep.peakRssMiB());
      sheets(task, folder, sheet, figures);
      ratios.put("commitPerEntry", imported / single);
      ratios.put("plainCommitPerEntry", imported / plain);
      ratios.put("exportOfImport", exported / imported);
      return new Report("batch", figures, ratios, lockstep.peakRssMiB());
    } finally {
      delete(folder);
    }
  }

  private static void sheets(
      BatchTask task, Path folder, int rows, SequencedMap<String, Double> figures)
      throws Exception {
    figures.put(
        "importCsvPerSecond", rows / task.imported("Shop", "text/csv", csv(folder, rows), rows));
    figures.put(
        "exportCsvPerSecond",
        rows / task.exported("Shop", "CSV", rows, folder.resolve("shops.csv.zip")));
    Path sheet = folder.resolve("shops.xlsx.zip");
    figures.put("exportXlsxPerSecond", rows / task.exported("Shop", "XLSX", rows, sheet));
    figures.put(
        "importXlsxPerSecond", rows / task.imported("Sheet", "application/zip", sheet, rows));
  }

  /** Entries a second that one caller makes, one after the other. */
  private static double single(URI address) throws IOException {
    long start = System.nanoTime();
    try (KeptConnection connection = new KeptConnection(address)) {
      for (int i = 0; i < SINGLE; i++) {
        if (i == SINGLE / 5) {
          // What compiles itself while it runs is measured once it has.
          start = System.nanoTime();
        }
        connection.send("POST", "/o/c/singles", item(i));
      }
    }
    return (SINGLE - SINGLE / 5) / ((System.nanoTime() - start) / 1e9);
  }

  private static String item(int at) {
    return "{\"externalReferenceCode\":\"a" + at + "\"," + AccountObject.entry(at, 0).substring(1);
  }

  private static Path lines(Path folder, int rows) throws IOException {
    Path file = folder.resolve("accounts.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < rows; i++) {
        out.write(item(i));
        out.write('\n');
      }
    }
    return file;
  }

  private static Path csv(Path folder, int rows) throws IOException {
    Path file = folder.resolve("shops.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(AccountObject.CSV_HEADER);
      for (int i = 0; i < rows; i++) {
        out.write(AccountObject.csv(i));
      }
    }
    return file;
  }

  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("batch");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub: {definitions: true}
        """);
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
