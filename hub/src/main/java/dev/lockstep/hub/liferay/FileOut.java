package dev.lockstep.hub.liferay;

import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.file.FileEntry;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes files as Liferay shows them: within entries, and by themselves. */
final class FileOut {
  private static final long MOST_INLINE = 4 << 20;

  private final FileEntries files;
  private final long mostInline;

  private FileOut(FileEntries files, long mostInline) {
    this.files = files;
    this.mostInline = mostInline;
  }

  /** For answers, into which longer contents are not written. */
  static FileOut ofAnswers(FileEntries files) {
    return new FileOut(files, MOST_INLINE);
  }

  /** For exports, whose documents are written as contents are read: of any length. */
  static FileOut ofExports(FileEntries files) {
    return new FileOut(files, Long.MAX_VALUE);
  }

  /** The file of an entry's field. */
  void field(JsonGenerator json, @Nullable Object id, boolean whole) throws InterruptedException {
    Optional<FileEntry> found = id instanceof Long number ? files.find(number) : Optional.empty();
    if (found.isEmpty()) {
      json.writeNull();
      return;
    }
    FileEntry file = found.get();
    json.writeStartObject();
    json.writeStringProperty("externalReferenceCode", file.code());
    if (whole && file.bytes() <= mostInline) {
      json.writeName("fileBase64");
      base64(json, file);
    }
    json.writeNumberProperty("id", file.id());
    json.writeObjectPropertyStart("link");
    json.writeStringProperty("href", address(file));
    json.writeStringProperty("label", file.name());
    json.writeEndObject();
    json.writeStringProperty("mimeType", type(file));
    json.writeStringProperty("name", file.name());
    json.writeEndObject();
  }

  private void base64(JsonGenerator json, FileEntry file) {
    try (InputStream content = files.content(file)) {
      // A negative length is one that the generator need not know.
      json.writeBinary(content, file.bytes() > Integer.MAX_VALUE ? -1 : (int) file.bytes());
    } catch (IOException e) {
      throw new StoreException("the content of file " + file.id() + " cannot be read", e);
    }
  }

  /** The file as a document of its own. */
  static void document(JsonGenerator json, FileEntry file) {
    json.writeStartObject();
    json.writeStringProperty("contentUrl", address(file));
    json.writeStringProperty(
        "dateCreated", file.created().truncatedTo(ChronoUnit.SECONDS).toString());
    json.writeStringProperty("encodingFormat", type(file));
    json.writeStringProperty("externalReferenceCode", file.code());
    json.writeStringProperty("fileExtension", file.extension());
    json.writeStringProperty("fileName", file.name());
    json.writeNumberProperty("id", file.id());
    json.writeNumberProperty("sizeInBytes", file.bytes());
    json.writeStringProperty("title", file.name());
    json.writeEndObject();
  }

  static String address(FileEntry file) {
    return DocumentApi.CONTENT
        + "/"
        + file.id()
        + "/"
        + URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String type(FileEntry file) {
    String guessed = URLConnection.guessContentTypeFromName(file.name());
    return guessed == null ? "application/octet-stream" : guessed;
  }
}
