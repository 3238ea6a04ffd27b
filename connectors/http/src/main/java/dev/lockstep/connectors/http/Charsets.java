package dev.lockstep.connectors.http;

import io.helidon.http.HeaderNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives an answer's body as UTF-8, whatever charset it names. */
final class Charsets {
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);

  private Charsets() {}

  static InputStream utf8(Exchange exchange, long max) throws IOException {
    Matcher named = CHARSET.matcher(exchange.header(HeaderNames.CONTENT_TYPE).orElse(""));
    InputStream body = exchange.body(max);
    if (!named.find()) {
      return body;
    }
    Charset charset = charset(named.group(1));
    return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)
        ? body
        : new Transcoded(body, charset);
  }

  private static Charset charset(String name) throws IOException {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new IOException(
          "the answer's charset '" + Faults.cut(name, 40) + "' is unknown", unknown);
    }
  }

  private static final class Transcoded extends InputStream {
    private final InputStreamReader reader;
    private final char[] letters = new char[4096];
    private InputStream ready = InputStream.nullInputStream();

    Transcoded(InputStream in, Charset charset) {
      this.reader =
          new InputStreamReader(
              in,
              charset
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = ready.read(bytes, offset, length);
      while (read < 0) {
        int count = readLetters();
        if (count < 0) {
          return -1;
        }
        ready =
            new ByteArrayInputStream(
                new String(letters, 0, count).getBytes(StandardCharsets.UTF_8));
        read = ready.read(bytes, offset, length);
      }
      return read;
    }

    /** Never ends between the halves of a surrogate pair. */
    private int readLetters() throws IOException {
      int count = reader.read(letters, 0, letters.length - 1);
      if (count > 0 && Character.isHighSurrogate(letters[count - 1])) {
        int low = reader.read();
        if (low >= 0) {
          letters[count++] = (char) low;
        }
      }
      return count;
    }
  }
}
