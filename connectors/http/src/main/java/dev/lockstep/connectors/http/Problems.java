package dev.lockstep.connectors.http;

import dev.lockstep.connector.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems found so far. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(String setting, String message, String remedy) {
    found.add(new Problem(setting, message, remedy));
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
