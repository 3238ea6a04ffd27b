package dev.lockstep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The peer: two psql, one copying out, one copying in, with a pipe between them. */
final class Psql {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Path program;

  private Psql(Path program) {
    this.program = program;
  }

  /** Finds the program; throws with what to install when it is missing. */
  static Psql found() throws IOException {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path program = Path.of(folder, "psql");
      if (Files.isExecutable(program)) {
        return new Psql(program);
      }
    }
    throw new IllegalStateException(
        "pg-bulk copies with psql, which is not installed: apt-get install postgresql-client");
  }

  /**
   * Copies a table in COPY's binary form; answers the seconds from the start to the end of both.
   */
  double copy(Database source, Database target, String table) throws Exception {
    Path output = Files.createTempFile("psql", ".out");
    long start = System.nanoTime();
    List<Process> pipe =
        ProcessBuilder.startPipeline(
            List.of(
                psql(source, "COPY " + table + " TO STDOUT (FORMAT binary)", output),
                psql(target, "COPY " + table + " FROM STDIN (FORMAT binary)", output)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))));
    for (Process process : pipe) {
      Waiting.ended(process, LIMIT);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String printed = Files.readString(output);
    Files.delete(output);
    if (pipe.stream().anyMatch(process -> process.exitValue() != 0)) {
      throw new IllegalStateException("psql cannot copy: " + printed);
    }
    return seconds;
  }

  private ProcessBuilder psql(Database database, String sql, Path output) {
    return new ProcessBuilder(
            List.of(
                program.toString(),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                sql,
                database.libpq()))
        .redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()));
  }
}
