package dev.lockstep.benchmarks;

import java.util.Iterator;
import java.util.List;

/**
 * What to measure, and how much of it.
 *
 * @param rows rows or changes in one measurement; 0 where the benchmark is to choose
 * @param pairs how often it is measured beside the peer, medians are reported; 0 where the
 *     benchmark is to choose
 * @param peers whether only the peers are measured
 */
record Arguments(String name, int rows, int pairs, boolean json, boolean peers) {
  private static final int ROWS = 1_000_000;
  private static final int PAIRS = 3;

  /** For the benchmarks that do not choose. */
  Arguments chosen() {
    return new Arguments(name, rowsOr(ROWS), pairsOr(PAIRS), json, peers);
  }

  int rowsOr(int otherwise) {
    return rows == 0 ? otherwise : rows;
  }

  int pairsOr(int otherwise) {
    return pairs == 0 ? otherwise : pairs;
  }

  static Arguments parse(List<String> words) {
    String name = "";
    int rows = 0;
    int pairs = 0;
    boolean json = false;
    boolean peers = false;
    Iterator<String> left = words.iterator();
    while (left.hasNext()) {
      String word = left.next();
      switch (word) {
        case "--json" -> json = true;
        case "--peers" -> peers = true;
        case "--rows" -> rows = number(word, left);
        case "--pairs" -> pairs = number(word, left);
        default -> name = word;
      }
    }
    if (name.isEmpty()) {
      throw wrong("no benchmark was named");
    }
    return new Arguments(name, rows, pairs, json, peers);
  }

  private static int number(String option, Iterator<String> left) {
    if (left.hasNext()) {
      String text = left.next();
      if (text.matches("[1-9][0-9]{0,8}")) {
        return Integer.parseInt(text);
      }
    }
    throw wrong(option + " wants a whole number");
  }

  static IllegalArgumentException wrong(String fault) {
    return new IllegalArgumentException(
        fault
            + "; write benchmarks/run batch|bulk-jdbc|bulk-memory|entries|events|start|pg-bulk|pg-changes|pg-latency"
            + " [--rows N] [--pairs N] [--peers] [--json]");
  }
}
