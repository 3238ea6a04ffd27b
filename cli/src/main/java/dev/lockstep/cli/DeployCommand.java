package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.Inspection;
import dev.lockstep.server.extension.ExtensionRefused;
import dev.lockstep.server.extension.PackProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep deploy}: client extensions of Liferay. */
@Command(
    name = "deploy",
    description =
        "Carries out batch client extensions: archives that Liferay's workspace has built, and"
            + " project folders with a client-extension.yaml.",
    mixinStandardHelpOptions = true)
final class DeployCommand implements Callable<Integer> {
  private static final long PAUSE = 100;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARCHIVE|FOLDER",
      description = "A zip archive, or a project's folder; one after the other.")
  private List<Path> places = new ArrayList<>();

  @Option(names = "--again", description = "Also what was done before and has not changed since.")
  private boolean again;

  @Option(names = "--list", description = "Tells how what was deployed stands, and does nothing.")
  private boolean list;

  @Option(names = "--all", description = "With --list: also what a later one came after.")
  private boolean all;

  @Override
  public Integer call() throws InterruptedException {
    if (list == !places.isEmpty() || (all && !list)) {
      throw new ParameterException(
          spec.commandLine(), "name an archive or a project's folder, or --list [--all]");
    }
    return list ? list() : deploy();
  }

  private int list() throws InterruptedException {
    ObjectNode found;
    try (Inspection inspection = common.inspection()) {
      found = inspection.deployments(all);
    }
    if (common.isJson()) {
      common.printer().json(found);
      return ExitCode.DONE;
    }
    Printer printer = common.printer();
    if (found.path("items").isEmpty() && found.path("refused").isEmpty()) {
      printer.line("Nothing was deployed.");
      return ExitCode.DONE;
    }
    Table table = new Table("ID", "EXTENSION", "STATE", "SINCE", "FILES", "ITEMS", "REASON");
    for (JsonNode each : found.path("items")) {
      table.row(
          Cell.number(each.path("id").longValue()),
          Cell.of(each.path("name").stringValue()),
          state(each),
          Cell.of(Words.moment(each.path("receivedAt"))),
          Cell.number(each.path("files").size()),
          Cell.number(items(each)),
          Cell.of(each.path("error").stringValue()));
    }
    for (JsonNode each : found.path("refused")) {
      table.row(
          Cell.of(""),
          Cell.of(each.path("source").stringValue()),
          Cell.painted("refused", printer.terminal().bad("refused")),
          Cell.of(""),
          Cell.of(""),
          Cell.of(""),
          Cell.of(each.path("error").stringValue()));
    }
    printer.lines(table.lines(printer.terminal()));
    return ExitCode.DONE;
  }

  private Cell state(JsonNode deployment) {
    String state = deployment.path("state").stringValue();
    Terminal terminal = common.terminal();
    return Cell.painted(
        state,
        switch (state) {
          case "done" -> terminal.good(state);
          case "failed" -> terminal.bad(state);
          default -> terminal.warned(state);
        });
  }

  private static long items(JsonNode deployment) {
    long items = 0;
    for (JsonNode file : deployment.path("files")) {
      items += file.path("items").longValue();
    }
    return items;
  }

  private int deploy() throws InterruptedException {
    int worst = ExitCode.DONE;
    ArrayNode ended = JsonNodeFactory.instance.arrayNode();
    try (Admin admin = common.admin()) {
      for (Path place : places) {
        for (JsonNode taken : deploy(admin, place)) {
          ObjectNode end = end(admin, (ObjectNode) taken);
          ended.add(end);
          if (!end.path("state").stringValue().equals("done")) {
            worst = ExitCode.FAILED;
          }
        }
      }
    }
    if (common.isJson()) {
      common.printer().json(JsonNodeFactory.instance.objectNode().set("items", ended));
    }
    return worst;
  }

  private JsonNode deploy(Admin admin, Path place) throws InterruptedException {
    Path name = place.toAbsolutePath().normalize().getFileName();
    String project = String.valueOf(name).replaceFirst("\\.zip$", "");
    if (!Files.isDirectory(place)) {
      if (!Files.isRegularFile(place)) {
        throw new Failed("there is no " + place + "; name an archive or a project's folder");
      }
      return admin.deploy(place, project, again).path("items");
    }
    try {
      Path packed = Files.createTempFile("lockstep", ".zip");
      try {
        for (String note : PackProject.of(place, project, packed)) {
          if (!common.isJson()) {
            common.printer().line("  " + note);
          }
        }
        return admin.deploy(packed, project, again).path("items");
      } finally {
        Files.deleteIfExists(packed);
      }
    } catch (ExtensionRefused refused) {
      throw new Failed(place + ": " + refused.getMessage());
    } catch (IOException unreadable) {
      throw new Failed(place + " cannot be packed: " + unreadable);
    }
  }

  private ObjectNode end(Admin admin, ObjectNode taken) throws InterruptedException {
    boolean known = !taken.path("state").stringValue().equals("waiting");
    ObjectNode now = taken;
    int told = 0;
    while (now.path("state").stringValue().equals("waiting")) {
      Thread.sleep(PAUSE);
      now = admin.deployment(now.path("id").longValue());
      told = tell(now, told);
    }
    if (!common.isJson()) {
      tell(now, known ? Integer.MAX_VALUE : told);
      tellEnd(now, known);
    }
    return now;
  }

  /** Tells the files that have come to an end since; answers how many did. */
  private int tell(JsonNode deployment, int told) {
    int number = 0;
    for (JsonNode file : deployment.path("files")) {
      String state = file.path("state").stringValue();
      if (state.equals("waiting")) {
        break;
      }
      number++;
      if (number > told && !common.isJson()) {
        String note = file.path("note").stringValue();
        common
            .printer()
            .line(
                "  "
                    + file.path("path").stringValue()
                    + ": "
                    + state
                    + ", "
                    + Words.number(file.path("items").longValue())
                    + " items"
                    + (note.isEmpty() ? "" : " (" + note + ")"));
      }
    }
    return Math.max(told, number);
  }

  private void tellEnd(JsonNode deployment, boolean known) {
    Printer printer = common.printer();
    deployment.path("notes").forEach(it -> printer.line("  " + it.stringValue()));
    String state = deployment.path("state").stringValue();
    String name = deployment.path("name").stringValue() + ": ";
    if (state.equals("done")) {
      printer.line(
          name
              + printer.terminal().good("deployed")
              + (known ? " before, and unchanged since; --again does it once more" : ""));
    } else {
      printer.line(
          name + printer.terminal().bad(state) + ": " + deployment.path("error").stringValue());
    }
  }
}
