package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.file.Received;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.liferay.FileForm;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** The content that a request brings, as a body or as the part {@code file} of a form. */
final class Upload {
  /** What Liferay calls the content of a body. */
  private static final String NO_NAME = "fileName";

  private static final String HOW =
      "send application/json, application/x-ndjson, text/csv, or multipart/form-data with the part"
          + " 'file'";
  private static final int BUFFER = 64 << 10;

  private Upload() {}

  /** Receives the content of a request, as it comes. */
  static BatchTasks.Sending receive(ServerRequest request, Received received) {
    var media = request.headers().contentType();
    String type = media.map(it -> it.type() + "/" + it.subtype()).orElse("");
    String name = type.toLowerCase(Locale.ROOT);
    if (name.equals("multipart/form-data")) {
      return form(request, received);
    }
    if (name.equals("application/zip") || name.equals("application/x-zip-compressed")) {
      body(request, received);
      return new BatchTasks.Sending(received, Optional.empty(), NO_NAME + ".zip", 0);
    }
    ContentType format =
        media
            .flatMap(it -> ContentType.ofMedia(it.type(), it.subtype()))
            .orElseThrow(() ->
                Fault.of(
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    type.isEmpty()
                        ? "The body is of no declared type"
                        : "The body is of the type " + type,
                    HOW));
    CountItems counted = new CountItems(received, format, false);
    body(request, counted);
    return new BatchTasks.Sending(received, Optional.of(format), NO_NAME, counted.count());
  }

  private static void body(ServerRequest request, OutputStream out) {
    byte[] some = new byte[BUFFER];
    // Not closed: that would read the rest of a body that is too long.
    InputStream in = request.content().inputStream();
    while (true) {
      int read;
      try {
        read = in.read(some);
      } catch (IOException cut) {
        throw Fault.bad("The body cannot be read to its end", "send it whole");
      }
      if (read < 0) {
        return;
      }
      try {
        out.write(some, 0, read);
      } catch (IOException full) {
        throw new dev.lockstep.store.StoreException("a content cannot be written: " + full, full);
      }
    }
  }

  private static BatchTasks.Sending form(ServerRequest request, Received received) {
    FileForm form = FileForm.read(request, received);
    String file =
        form.name()
            .substring(Math.max(form.name().lastIndexOf('/'), form.name().lastIndexOf('\\')) + 1);
    if (file.toLowerCase(Locale.ROOT).endsWith(".zip")) {
      return new BatchTasks.Sending(received, Optional.empty(), file, 0);
    }
    ContentType format =
        ContentType.ofFile(file)
            .orElseThrow(() ->
                Fault.of(
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    "The file " + file + " has no known ending",
                    "send one that ends in csv, json, jsonl, xlsx, or a zip archive of one"));
    return new BatchTasks.Sending(received, Optional.of(format), file, 0);
  }
}
