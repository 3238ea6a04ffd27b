package dev.lockstep.store;

import java.util.List;

/**
 * The tables of one part of the program, as steps that are never changed once released; step n
 * brings the part's tables from version n - 1 to n. A step is one SQL statement or several.
 */
public record Migration(String part, List<String> steps) {
  public Migration {
    steps = List.copyOf(steps);
  }
}
