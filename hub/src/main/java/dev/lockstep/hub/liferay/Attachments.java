package dev.lockstep.hub.liferay;

import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.file.FileEntry;
import dev.lockstep.hub.file.Received;
import dev.lockstep.hub.object.DefinedField;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What one request sends for fields of files: the id or code of a file that is there, or a small
 * file within the document.
 */
final class Attachments {
  private static final String HOW =
      "send {\"id\": …} or {\"externalReferenceCode\": …} of a file that is there, or"
          + " {\"name\": …, \"fileBase64\": …}";

  private final FileEntries files;
  private final SeenFiles seen;
  private final List<Long> made = new ArrayList<>();

  Attachments(FileEntries files, SeenFiles seen) {
    this.files = files;
    this.seen = seen;
  }

  /** The id of the file that is meant; null for none. */
  @Nullable Long id(DefinedField field, JsonNode sent) throws InterruptedException {
    JsonNode id = sent.isObject() ? sent.path("id") : sent;
    if (isNothing(sent)) {
      return null;
    }
    if (sent.hasNonNull("fileBase64")) {
      return fitting(field, received(field, sent)).id();
    }
    Optional<FileEntry> found;
    if (id.isIntegralNumber() && id.longValue() != 0) {
      found = files.find(id.longValue());
    } else if (id.isString() && id.stringValue().matches("\\d{1,18}")) {
      found = files.find(Long.parseLong(id.stringValue()));
    } else if (sent.path("externalReferenceCode").isString()) {
      found = files.find(sent.path("externalReferenceCode").stringValue());
    } else {
      throw Fault.bad(field.name() + " is no file", HOW);
    }
    if (found.isEmpty() || !seen.has(found.get().id())) {
      throw Fault.bad(field.name() + " refers to a file that is not there", HOW);
    }
    return fitting(field, found.get()).id();
  }

  private static boolean isNothing(JsonNode sent) {
    return switch (sent) {
      case ObjectNode object -> object.isEmpty();
      case StringNode text -> text.stringValue().isEmpty();
      default -> sent.isNull() || (sent.isIntegralNumber() && sent.longValue() == 0);
    };
  }

  private FileEntry received(DefinedField field, JsonNode sent) throws InterruptedException {
    byte[] content;
    try {
      // Lines may be broken; anything else that is no Base64 would be a file that was damaged.
      String text = sent.path("fileBase64").asString().replaceAll("\\s", "");
      content = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      throw Fault.bad(
          field.name() + ".fileBase64 is no Base64: " + malformed.getMessage(),
          "encode the file's bytes as Base64");
    }
    try (Received received = files.receive(field.mostBytes())) {
      received.write(content, 0, content.length);
      String name = sent.path("name").asString("");
      String code = sent.path("externalReferenceCode").asString("");
      FileEntry file = files.keepWithin(received, name, code);
      made.add(file.id());
      return file;
    }
  }

  private static FileEntry fitting(DefinedField field, FileEntry file) {
    List<String> accepted = field.extensions();
    if (!accepted.isEmpty() && !accepted.contains(file.extension())) {
      throw Fault.bad(
          field.name() + " takes no file such as " + file.name(),
          "send one that ends in " + String.join(", ", accepted));
    }
    if (file.bytes() > field.mostBytes()) {
      throw Fault.bad(
          field.name() + " takes no file of more than " + field.mostBytes() + " bytes",
          "send a smaller one, or set maximumFileSize of the field");
    }
    return file;
  }

  /** The files that came within what was sent. */
  List<Long> made() {
    return List.copyOf(made);
  }

  /** Removes the files that came with a request which was refused. */
  void undo() throws InterruptedException {
    for (long id : made) {
      files.remove(id, List.of());
    }
  }
}
