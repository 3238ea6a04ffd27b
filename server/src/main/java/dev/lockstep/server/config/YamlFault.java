package dev.lockstep.server.config;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What the YAML reader stumbled over, in words for the file's author. */
record YamlFault(Place place, String fault, String remedy, boolean isTab) {

  static YamlFault of(MarkedYamlEngineException e, String text) {
    Place place = e.getProblemMark().map(ReadYaml::place).orElse(Place.FILE);
    String problem = e.getProblem() == null ? "" : e.getProblem();
    String from =
        e.getContextMark().map(mark -> "line " + (mark.getLine() + 1)).orElse("the start");
    return new YamlFault(
        place, fault(problem), remedy(problem, from, line(text, place)), problem.contains("TAB"));
  }

  private static String fault(String problem) {
    return "this is no YAML: "
        + problem.replaceAll("\\. ?\\(Do not use.*", "").replace('\n', ' ').strip();
  }

  private static String remedy(String problem, String from, String line) {
    if (problem.contains("cannot start any token")) {
      return "put the value in quotes";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "put a value that holds ': ' in quotes, or indent the line like its neighbours";
    }
    if (problem.contains("could not find expected ':'")) {
      return "write a colon and a blank after the key that starts at " + from;
    }
    if (problem.contains("unexpected end of stream")) {
      return "close the quotes opened in " + from;
    }
    if (problem.contains("expected ',' or")) {
      return line.contains("${")
          ? "put the variable in quotes, as in {password: \"${NAME}\"}"
          : "close the bracket opened in " + from + ", and put commas between its parts";
    }
    if (problem.contains("<block end>") || problem.contains("indent")) {
      return "indent the line like its neighbours";
    }
    if (problem.contains("escape")) {
      return "in double quotes write \\\\ for a backslash, or use single quotes";
    }
    return "check indentation, colons and quotes here and on the line before";
  }

  private static String line(String text, Place place) {
    return text.lines().skip(Math.max(0, place.line() - 1)).findFirst().orElse("");
  }
}
