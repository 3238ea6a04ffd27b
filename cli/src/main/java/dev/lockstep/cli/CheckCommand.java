package dev.lockstep.cli;

import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.CheckJson;
import dev.lockstep.server.config.ConfigProblem;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.Loaded;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep check}: everything that is wrong, at once. */
@Command(
    name = "check",
    description =
        "Checks the configuration, and the systems it names, and lists all that is wrong.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode found = found();
    if (common.isJson()) {
      common.printer().json(found);
    } else {
      print(found);
    }
    return found.get("errors").intValue() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private ObjectNode found() throws InterruptedException {
    return switch (common.load(common.dir())) {
      case Loaded.Invalid(var problems) -> CheckJson.of(problems);
      case Loaded.Valid(Configuration configuration) -> {
        // A server that runs would be asked about what it runs on, and this is about what is next.
        List<ConfigProblem> broken = Lockstep.brokenModules(configuration);
        if (!broken.isEmpty()) {
          yield CheckJson.of(broken);
        }
        try (Admin admin = Common.admin(configuration)) {
          yield admin.check();
        }
      }
    };
  }

  private void print(ObjectNode found) {
    Printer printer = common.printer();
    for (JsonNode finding : found.get("findings")) {
      printer.line(line(finding, printer.terminal()));
    }
    int errors = found.get("errors").intValue();
    int warnings = found.get("warnings").intValue();
    if (errors > 0) {
      printer.line(
          printer.terminal().bad(count(errors, "error") + ", " + count(warnings, "warning")));
    } else if (warnings > 0) {
      printer.line(printer.terminal().warned("No errors, " + count(warnings, "warning") + "."));
    } else {
      printer.line(printer.terminal().good("Nothing is wrong."));
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String line(JsonNode finding, Terminal terminal) {
    boolean isError = finding.get("severity").stringValue().equals("error");
    int line = finding.get("line").intValue();
    String place = finding.get("place").stringValue();
    return finding.get("file").stringValue()
        + (line == 0 ? "" : ":" + line + ":" + finding.get("column").intValue())
        + " "
        + (isError ? terminal.bad("error") : terminal.warned("warning"))
        + (place.isEmpty() ? "" : " " + terminal.strong(place))
        + ": "
        + finding.get("fault").stringValue()
        + "; "
        + finding.get("remedy").stringValue();
  }
}
