package dev.lockstep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record as it was put: its path, and the version that its body carries. */
record PutRequest(String path, long version) {
  private static final String HEAD_END = "\r\n\r\n";
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final String VERSION = "\"version\":";

  /** The one request that a buffer holds from its start; null while some of it is missing. */
  static @Nullable PutRequest in(ByteBuffer buffer) {
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    int head = text.indexOf(HEAD_END);
    if (head < 0) {
      return null;
    }
    Matcher length = LENGTH.matcher(text).region(0, head);
    if (!text.startsWith("PUT ") || !length.find()) {
      throw new IllegalStateException("not a PUT with a length: " + text);
    }
    int end = head + HEAD_END.length() + Integer.parseInt(length.group(1));
    if (text.length() < end) {
      return null;
    }
    String path = text.substring("PUT ".length(), text.indexOf(' ', "PUT ".length()));
    return new PutRequest(path, version(text, head));
  }

  private static long version(String text, int from) {
    int at = text.indexOf(VERSION, from);
    if (at < 0) {
      throw new IllegalStateException("a record without a version: " + text);
    }
    long version = 0;
    for (int i = at + VERSION.length(); Character.isDigit(text.charAt(i)); i++) {
      version = 10 * version + text.charAt(i) - '0';
    }
    return version;
  }
}
