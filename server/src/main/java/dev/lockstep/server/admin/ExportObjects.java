package dev.lockstep.server.admin;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.AdminRefused.Reason;
import dev.lockstep.server.export.ExportArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Exports what people name. */
record ExportObjects(ExportArchive archive) {
  static ExportObjects of(Lockstep lockstep) {
    if (lockstep.definitions().isEmpty()) {
      throw new AdminRefused(
          Reason.CONFLICT,
          "objects are exported where they are defined over the API",
          "write hub: {definitions: true}");
    }
    return new ExportObjects(
        new ExportArchive(
            lockstep.definitions().get(),
            lockstep.batch().orElseThrow().handlers(),
            Access.unlimited(Author.UNKNOWN)));
  }

  void write(List<String> named, String name, boolean entries, Path file)
      throws InterruptedException {
    if (!name.matches("[a-z][a-z0-9-]{0,60}")) {
      throw new AdminRefused(
          Reason.MALFORMED,
          "'" + name + "' cannot be the name of an extension",
          "write small letters, digits and dashes, such as --name ticket-batch");
    }
    List<Definition> objects = new ArrayList<>(named.isEmpty() ? archive.all() : List.of());
    for (String each : named) {
      objects.add(
          archive
              .object(each)
              .orElseThrow(() ->
                  new AdminRefused(
                      Reason.UNKNOWN,
                      "there is no object '" + each + "'",
                      "name one by its name, its external reference code, or as in its address")));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      archive.write(out, name, objects, entries);
    } catch (IOException failed) {
      throw new AdminRefused(
          Reason.UNAVAILABLE, file + " cannot be written: " + failed.getMessage(), "");
    }
  }
}
