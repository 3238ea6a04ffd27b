package dev.lockstep.testkit.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** One HTTP/1.1 message as it came over the wire, head and body. */
record HttpMessage(byte[] bytes, String head) {

  /** The next request; empty when the client closed the connection instead. */
  static Optional<HttpMessage> request(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!readHead(in, out)) {
      return Optional.empty();
    }
    String head = out.toString(StandardCharsets.ISO_8859_1);
    readBody(in, out, head, 0);
    return Optional.of(new HttpMessage(out.toByteArray(), head));
  }

  /** The answer to a request. */
  static HttpMessage response(InputStream in, HttpMessage request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!readHead(in, out)) {
      throw new EOFException("the server closed the connection");
    }
    String head = out.toString(StandardCharsets.ISO_8859_1);
    int status = Integer.parseInt(head.substring(9, 12));
    if (!request.head().startsWith("HEAD ") && status != 204 && status != 304) {
      readBody(in, out, head, Long.MAX_VALUE);
    }
    return new HttpMessage(out.toByteArray(), head);
  }

  /** Whether nothing more follows on this connection. */
  boolean isLast() {
    return header(head, "connection").filter("close"::equalsIgnoreCase).isPresent();
  }

  private static boolean readHead(InputStream in, ByteArrayOutputStream out) throws IOException {
    int last4 = 0;
    int next;
    while ((next = in.read()) >= 0) {
      out.write(next);
      last4 = (last4 << 8) | next;
      if (last4 == 0x0d0a0d0a) {
        return true;
      }
    }
    if (out.size() > 0) {
      throw new EOFException("the head of a message was cut");
    }
    return false;
  }

  private static void readBody(
      InputStream in, ByteArrayOutputStream out, String head, long otherwise) throws IOException {
    if (header(head, "transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      readChunks(in, out);
      return;
    }
    long length = header(head, "content-length").map(Long::parseLong).orElse(otherwise);
    byte[] buffer = new byte[8192];
    while (length > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, length));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      length -= read;
    }
  }

  private static void readChunks(InputStream in, ByteArrayOutputStream out) throws IOException {
    while (true) {
      String line = line(in, out);
      int size = Integer.parseInt(line.replaceAll(";.*", "").strip(), 16);
      out.write(in.readNBytes(size));
      if (size == 0) {
        while (!line(in, out).isEmpty()) {}
        return;
      }
      line(in, out);
    }
  }

  private static String line(InputStream in, ByteArrayOutputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = in.read()) != '\n') {
      if (next < 0) {
        throw new EOFException("a chunk was cut");
      }
      out.write(next);
      line.append((char) next);
    }
    out.write('\n');
    return line.toString().strip();
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
