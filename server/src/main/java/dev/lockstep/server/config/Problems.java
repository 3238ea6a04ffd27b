package dev.lockstep.server.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong with one file. */
final class Problems {
  /** Shorter values could not be told from ordinary words and numbers. */
  private static final int SHORTEST_SECRET = 4;

  private final String file;
  private final Set<ConfigProblem> found = new LinkedHashSet<>();
  private final Set<String> secrets;

  Problems(String file) {
    this(file, new LinkedHashSet<>());
  }

  private Problems(String file, Set<String> secrets) {
    this.file = file;
    this.secrets = secrets;
  }

  /** An attempt whose problems may be thrown away. */
  Problems attempt() {
    return new Problems(file, secrets);
  }

  /** Takes over what an attempt found. */
  void take(Problems attempt) {
    found.addAll(attempt.found);
  }

  void add(Where where, String fault, String remedy) {
    found.add(problem(where, fault, remedy));
  }

  ConfigProblem problem(Where where, String fault, String remedy) {
    return new ConfigProblem(
        file,
        where.place().line(),
        where.place().column(),
        where.path(),
        withoutSecrets(fault),
        withoutSecrets(remedy));
  }

  /** Never shows this value from here on, whoever words the problem. */
  void hide(String value) {
    if (value.length() >= SHORTEST_SECRET) {
      secrets.add(value);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** All of them, in the order of the file. */
  List<ConfigProblem> all() {
    List<ConfigProblem> all = new ArrayList<>(found);
    all.sort(ConfigProblem.IN_FILE);
    return List.copyOf(all);
  }

  private String withoutSecrets(String text) {
    String clean = text;
    for (String secret : secrets) {
      // Invariant 10: a secret appears in no log, error, API answer, event or page.
      clean = clean.replace(secret, "***");
    }
    return clean;
  }
}
