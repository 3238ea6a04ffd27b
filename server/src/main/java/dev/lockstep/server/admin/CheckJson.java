package dev.lockstep.server.admin;

import dev.lockstep.server.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a check found, with how many of it keep Lockstep from working. */
public final class CheckJson {
  private final List<ObjectNode> findings = new ArrayList<>();
  private int errors;

  /** A check's document for problems found before anything was started. */
  public static ObjectNode of(List<ConfigProblem> problems) {
    CheckJson check = new CheckJson();
    problems.forEach(problem -> check.add(problem, true));
    return check.document();
  }

  void add(ConfigProblem problem, boolean isError) {
    ObjectNode node = Json.object();
    node.put("severity", isError ? "error" : "warning");
    node.put("file", problem.file());
    node.put("line", problem.line());
    node.put("column", problem.column());
    node.put("place", problem.path());
    node.put("fault", problem.fault());
    node.put("remedy", problem.remedy());
    findings.add(node);
    errors += isError ? 1 : 0;
  }

  ObjectNode document() {
    ObjectNode node = Json.object();
    node.put("errors", errors);
    node.put("warnings", findings.size() - errors);
    node.set("findings", Json.array(findings, finding -> finding));
    return node;
  }
}
