package dev.lockstep.server.config;

import java.util.regex.Pattern;

/**
 * The names that users give to systems and syncs; they stand in addresses, commands and figures.
 */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,79}");

  private Names() {}

  static void check(Where where, String name, String what, Problems problems) {
    if (!NAME.matcher(name).matches()) {
      String near = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[^A-Za-z]+|-+$", "");
      problems.add(
          where,
          "'" + name + "' cannot name a " + what,
          "start with a letter and go on with at most 79 letters, digits, '-' or '_'"
              + (NAME.matcher(near).matches() ? ", as in " + near : ""));
    }
  }
}
