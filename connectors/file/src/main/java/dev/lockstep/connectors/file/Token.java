package dev.lockstep.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Lists of words as printable tokens, short ones readable, long ones compressed. */
final class Token {
  private static final int LONG = 400;
  private static final String PACKED = "z:";

  private Token() {}

  static String of(List<String> words) {
    String plain = plain(words);
    if (plain.length() < LONG) {
      return plain;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(plain.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PACKED + Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
  }

  /** Words on one line, never compressed. */
  static String plain(List<String> words) {
    return words.stream()
        .map(word -> URLEncoder.encode(word, UTF_8))
        .collect(Collectors.joining(";"));
  }

  /** The words of a token; none when it is not one that begins with this word. */
  static List<String> words(String token, String first) {
    try {
      String plain = token.startsWith(PACKED) ? unpacked(token) : token;
      if (!plain.equals(first) && !plain.startsWith(first + ";")) {
        return List.of();
      }
      return List.of(plain.split(";", -1)).stream()
          .map(word -> URLDecoder.decode(word, UTF_8))
          .toList();
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private static String unpacked(String token) throws IOException {
    byte[] packed = Base64.getUrlDecoder().decode(token.substring(PACKED.length()));
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
