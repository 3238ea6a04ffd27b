package dev.lockstep.hub.outgoing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status and headers of an answer, names in lower case. */
record AnswerHead(int status, Map<String, String> headers) {
  private static final int MOST = 65_536;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");

  static AnswerHead read(InputStream in) throws IOException {
    int[] left = {MOST};
    String first = line(in, left);
    Matcher status = STATUS.matcher(first);
    if (!status.matches()) {
      throw new IOException("what answered does not speak HTTP/1.1");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return new AnswerHead(Integer.parseInt(status.group(1)), headers);
  }

  private static String line(InputStream in, int[] left) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection was closed before an answer");
      }
      if (--left[0] < 0) {
        throw new IOException("the head of the answer is too long");
      }
      if (next == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(next);
    }
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** What the body begins with, at most so many bytes of it. */
  String beginning(InputStream in, int most) throws IOException {
    if (status == 204 || status == 304) {
      return "";
    }
    boolean chunked =
        header("transfer-encoding")
            .filter(it -> it.toLowerCase(Locale.ROOT).contains("chunked"))
            .isPresent();
    byte[] bytes = chunked ? chunks(in, most) : in.readNBytes(length(most));
    return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
  }

  private int length(int most) {
    return header("content-length")
        .filter(it -> it.matches("\\d{1,9}"))
        .map(it -> Math.min(most, Integer.parseInt(it)))
        .orElse(most);
  }

  private static byte[] chunks(InputStream in, int most) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] left = {MOST};
    while (all.size() < most) {
      String size = line(in, left).replaceFirst(";.*", "").strip();
      if (!size.matches("[0-9a-fA-F]{1,7}") || Integer.parseInt(size, 16) == 0) {
        break;
      }
      int length = Integer.parseInt(size, 16);
      all.write(in.readNBytes(Math.min(length, most - all.size())));
      line(in, left);
    }
    return all.toByteArray();
  }
}
