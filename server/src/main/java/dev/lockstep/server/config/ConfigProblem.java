package dev.lockstep.server.config;

import java.util.Comparator;

/**
 * Something in the configuration that its author must put right. Holds no secret.
 *
 * @param file the file's name as the user knows it
 * @param line from 1; 0 when it concerns the file as a whole
 * @param column from 1; 0 when it concerns the file as a whole
 * @param path the key, such as {@code syncs.balances.schedule.cron}; empty for the file as a whole
 * @param fault what is wrong
 * @param remedy what to write instead
 */
public record ConfigProblem(
    String file, int line, int column, String path, String fault, String remedy) {

  /** In the order of the file. */
  static final Comparator<ConfigProblem> IN_FILE =
      Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column);

  /** One line: {@code lockstep.yaml:12:5 syncs.balances.mode: fault; remedy}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line + ":" + column : "")
        + (path.isEmpty() ? "" : " " + path)
        + ": "
        + fault
        + "; "
        + remedy;
  }
}
