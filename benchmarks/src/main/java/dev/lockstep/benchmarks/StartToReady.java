package dev.lockstep.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * From {@code lockstep up} to its word that it is ready, with an empty store and an expression to
 * compile.
 */
final class StartToReady implements Benchmark {
  private final Arguments arguments;

  StartToReady(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public Report measure() throws Exception {
    List<Double> seconds = new ArrayList<>();
    double peak = 0;
    for (int i = 0; i < Math.max(5, arguments.pairs()); i++) {
      try (RunningLockstep lockstep = RunningLockstep.up(folder())) {
        seconds.add(lockstep.secondsToReady());
        peak = Math.max(peak, lockstep.peakRssMiB());
      }
    }
    SequencedMap<String, Double> figures = new LinkedHashMap<>();
    figures.put("secondsToReady", Medians.median(seconds));
    figures.put("secondsToReadyWorst", Medians.percentile(seconds, 100));
    return new Report("start", figures, new LinkedHashMap<>(), peak);
  }

  private static Path folder() throws Exception {
    Path folder = Files.createTempDirectory("start");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub:
          objects:
            people: {fields: {name: text, email: text}}
        systems:
          out: {connector: jdbc, url: "jdbc:sqlite:out.db"}
        syncs:
          people:
            from: hub.people
            to: out.people
            create: true
            map: {code: record.externalReferenceCode, name: record.name, email: record.email.lowerAscii()}
            key: code
        """);
    return folder;
  }
}
