package dev.lockstep.benchmarks;

import java.util.Iterator;
import java.util.List;

/**
 * What to measure, and how much of it.
 *
 * @param rows rows or changes in one measurement
 * @param pairs how often it is measured beside the peer; medians are reported
 */
record Arguments(String name, int rows, int pairs, boolean json) {

  static Arguments parse(List<String> words) {
    String name = "";
    int rows = 1_000_000;
    int pairs = 3;
    boolean json = false;
    Iterator<String> left = words.iterator();
    while (left.hasNext()) {
      String word = left.next();
      switch (word) {
        case "--json" -> json = true;
        case "--rows" -> rows = number(word, left);
        case "--pairs" -> pairs = number(word, left);
        default -> name = word;
      }
    }
    if (name.isEmpty()) {
      throw wrong("no benchmark was named");
    }
    return new Arguments(name, rows, pairs, json);
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
            + "; write benchmarks/run bulk-jdbc|bulk-memory|events|start [--rows N] [--pairs N] [--json]");
  }
}
