package dev.lockstep.server.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests byte by byte: the JDK's client does not let a test lie about its Host. */
final class RawHttp {
  private RawHttp() {}

  /** Sends head lines and a body, and returns the status of the answer. */
  static int status(URI server, String requestLine, String headers, String body)
      throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String head =
          requestLine
              + " HTTP/1.1\r\n"
              + headers
              + "Content-Length: "
              + bytes.length
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9));
    }
  }
}
