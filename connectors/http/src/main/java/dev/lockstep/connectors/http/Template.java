package dev.lockstep.connectors.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path with placeholders: {@code /accounts/{id}?page={page}}. What stands in a placeholder is
 * percent-encoded, so that no value can leave its segment or parameter. A query parameter whose
 * placeholder has no value is left out whole.
 */
final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final String text;
  private final List<Part> path;
  private final List<List<Part>> parameters;

  /** Literal text, or a placeholder's name. */
  private record Part(String text, boolean placeholder) {}

  /** What the placeholders stand for; null when there is no value. */
  interface Values {
    @Nullable String of(String name);
  }

  /** A value cannot stand in a path, or is missing there. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }
  }

  /** Throws {@link IllegalArgumentException} when the text is no path. */
  Template(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("the path does not start with /");
    }
    // The client library drops both without a word, so they are refused here.
    if (text.indexOf('#') >= 0 || text.indexOf(';') >= 0) {
      throw new IllegalArgumentException("the path contains # or ;");
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("the path contains a space or a letter outside ASCII");
    }
    if (PLACEHOLDER.matcher(text).replaceAll("x").chars().anyMatch(c -> c == '{' || c == '}')) {
      throw new IllegalArgumentException("a { or } has no partner");
    }
    this.text = text;
    int query = text.indexOf('?');
    this.path = parts(query < 0 ? text : text.substring(0, query));
    this.parameters = new ArrayList<>();
    if (query >= 0) {
      for (String parameter : text.substring(query + 1).split("&")) {
        parameters.add(parts(parameter));
      }
    }
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      if (matcher.group(1).isBlank()) {
        throw new IllegalArgumentException("a placeholder has no name");
      }
      if (matcher.start() > end) {
        parts.add(new Part(text.substring(end, matcher.start()), false));
      }
      parts.add(new Part(matcher.group(1), true));
      end = matcher.end();
    }
    if (end < text.length()) {
      parts.add(new Part(text.substring(end), false));
    }
    return parts;
  }

  Set<String> placeholders() {
    Set<String> names = new LinkedHashSet<>();
    path.stream().filter(Part::placeholder).map(Part::text).forEach(names::add);
    parameters.forEach(parameter ->
        parameter.stream().filter(Part::placeholder).map(Part::text).forEach(names::add));
    return names;
  }

  boolean has(String placeholder) {
    return placeholders().contains(placeholder);
  }

  /** The path for these values, below the given base path. */
  String expand(String base, Values values) throws Unfit {
    StringBuilder out = new StringBuilder(base.length() + text.length() + 32).append(base);
    StringBuilder segment = new StringBuilder();
    for (Part part : path) {
      appendPath(out, segment, part, values);
    }
    refuseDots(segment);
    char separator = '?';
    for (List<Part> parameter : parameters) {
      int start = out.length();
      out.append(separator);
      if (appendParameter(out, parameter, values)) {
        separator = '&';
      } else {
        out.setLength(start);
      }
    }
    return out.toString();
  }

  private static void appendPath(StringBuilder out, StringBuilder segment, Part part, Values values)
      throws Unfit {
    if (!part.placeholder()) {
      out.append(part.text());
      for (int i = 0; i < part.text().length(); i++) {
        if (part.text().charAt(i) == '/') {
          refuseDots(segment);
          segment.setLength(0);
        } else {
          segment.append(part.text().charAt(i));
        }
      }
      return;
    }
    String value = values.of(part.text());
    if (value == null) {
      throw new Unfit("field '" + part.text() + "', which the path needs, has no value");
    }
    if (value.isEmpty()) {
      throw new Unfit("field '" + part.text() + "', which the path needs, is empty");
    }
    segment.append(value);
    encode(value, out, part.text());
  }

  /** Servers resolve such a segment even when it is encoded, and would act on another resource. */
  private static void refuseDots(StringBuilder segment) throws Unfit {
    if (segment.length() <= 2
        && (segment.indexOf(".") == 0 && segment.lastIndexOf(".") == segment.length() - 1)) {
      throw new Unfit("'" + segment + "' cannot stand in a path, servers take it for a folder");
    }
  }

  private static boolean appendParameter(StringBuilder out, List<Part> parts, Values values)
      throws Unfit {
    for (Part part : parts) {
      if (!part.placeholder()) {
        out.append(part.text());
        continue;
      }
      String value = values.of(part.text());
      if (value == null) {
        return false;
      }
      encode(value, out, part.text());
    }
    return true;
  }

  /** Percent-encodes all but RFC 3986's unreserved letters. */
  static String encode(String value) {
    StringBuilder out = new StringBuilder(value.length() + 16);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      append(b, out);
    }
    return out.toString();
  }

  private static void encode(String value, StringBuilder out, String name) throws Unfit {
    if (isPlain(value)) {
      out.append(value);
      return;
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new Unfit("field '" + name + "' holds half a surrogate pair");
    }
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      append(b, out);
    }
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isUnreserved(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static void append(byte b, StringBuilder out) {
    if (b > 0 && isUnreserved((char) b)) {
      out.append((char) b);
    } else {
      out.append('%').append((char) HEX[(b >> 4) & 15]).append((char) HEX[b & 15]);
    }
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  @Override
  public String toString() {
    return text;
  }
}
