package dev.lockstep.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer of JSON documents, one a line, each sent as it is made. Not thread-safe. */
final class LineStream implements AutoCloseable {
  static final String TYPE = "application/x-ndjson";

  private final OutputStream out;

  LineStream(ServerResponse response) {
    response.status(Status.OK_200).header(HeaderNames.CONTENT_TYPE, TYPE);
    this.out = response.outputStream();
  }

  /**
   * Sends {@code {"name": document}}.
   *
   * @throws UncheckedIOException when the caller has gone
   */
  void send(String name, ObjectNode document) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set(name, document);
    try {
      out.write(Reply.line(line));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
