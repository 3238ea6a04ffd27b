package dev.lockstep.testkit.faults;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes paths and queries apart. */
final class Segments {
  private Segments() {}

  static List<String> of(String path) {
    return Stream.of(path.split("/"))
        .filter(part -> !part.isEmpty())
        .map(Segments::decode)
        .toList();
  }

  static Map<String, String> query(@Nullable String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String parameter : query.split("&")) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(
              decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A plus is a plus: clients write a space as %20. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
