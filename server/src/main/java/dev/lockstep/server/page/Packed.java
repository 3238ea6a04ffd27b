package dev.lockstep.server.page;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Sends a text packed, where its reader can unpack it: of hundreds of syncs the page says nearly
 * the same every two seconds.
 */
final class Packed {
  /** Less than this fits into a packet or two as it is. */
  private static final int WORTH_BYTES = 4_096;

  private Packed() {}

  static void send(ServerRequest request, ServerResponse response, byte[] text) {
    response.header(HeaderNames.VARY, "Accept-Encoding");
    if (text.length < WORTH_BYTES || !isTaken(request)) {
      response.send(text);
      return;
    }
    response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    response.send(packed(text));
  }

  private static boolean isTaken(ServerRequest request) {
    for (String coding : request.headers().values(HeaderNames.ACCEPT_ENCODING)) {
      String plain = coding.toLowerCase(Locale.ROOT).replace(" ", "");
      if (plain.equals("gzip") || (plain.startsWith("gzip;q=") && !plain.matches(".*=0\\.?0*"))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] packed(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
