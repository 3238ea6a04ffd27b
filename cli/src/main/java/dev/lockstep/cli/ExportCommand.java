package dev.lockstep.cli;

import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.export.ExportArchive;
import dev.lockstep.server.extension.ExtensionRefused;
import dev.lockstep.server.extension.ZipContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep export}: objects as a client extension. */
@Command(
    name = "export",
    description =
        "Writes objects with their entries, and the picklists they need, as a batch client"
            + " extension that deploys into a Lockstep or a Liferay.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Parameters(
      arity = "0..*",
      paramLabel = "OBJECT",
      description = "By its name, its external reference code, or as in its address.")
  private List<String> objects = new ArrayList<>();

  @Option(names = "--all", description = "Every object that was defined.")
  private boolean all;

  @Option(names = "--definitions-only", description = "Leaves the entries out.")
  private boolean definitionsOnly;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "ARCHIVE",
      description = "The archive; export-batch.zip by default.")
  private Path archive = Path.of("export-batch.zip");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The extension's name; that of the archive by default.")
  private @Nullable String name;

  @Override
  public Integer call() throws InterruptedException {
    if (all == !objects.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name objects, or --all");
    }
    String file = String.valueOf(archive.toAbsolutePath().normalize().getFileName());
    String extension = name == null ? file.replaceFirst("\\.zip$", "") : name;
    try (Admin admin = common.admin()) {
      export(admin, extension);
    } catch (IOException failed) {
      throw new Failed(archive + " cannot be written: " + failed);
    }
    return ExitCode.DONE;
  }

  /** Written beside it first, so that an archive is there whole or not at all. */
  private void export(Admin admin, String extension) throws IOException, InterruptedException {
    Path folder = archive.toAbsolutePath().normalize().getParent();
    Path draft = Files.createTempFile(folder, ".export", ".zip");
    try {
      admin.export(objects, extension, !definitionsOnly, draft);
      tell(draft);
      Files.move(draft, archive.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void tell(Path draft) throws IOException {
    List<String> files;
    List<String> notes = List.of();
    try (ZipContent content = ZipContent.open(draft)) {
      files = content.paths().stream().filter(it -> it.startsWith("batch/")).toList();
      if (content.paths().contains(ExportArchive.NOTES)) {
        try (InputStream in = content.open(ExportArchive.NOTES)) {
          notes = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
      }
    } catch (ExtensionRefused broken) {
      throw new Failed("what was exported is no archive: " + broken.getMessage());
    }
    if (common.isJson()) {
      ObjectNode told = JsonNodeFactory.instance.objectNode();
      told.put("archive", archive.toString());
      ArrayNode names = told.putArray("files");
      files.forEach(names::add);
      ArrayNode left = told.putArray("notes");
      notes.forEach(left::add);
      common.printer().json(told);
      return;
    }
    files.forEach(it -> common.printer().line("  " + it));
    notes.forEach(it -> common.printer().line("  " + it));
    common.printer().line(archive + ": exported");
  }
}
