package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.UnfitException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array as PostgreSQL writes it: {@code {1,NULL}}, {@code [0:1][2:3]={{a,"b c"},{d,e}}}.
 *
 * @param lengths one for each dimension; none for an empty array
 * @param lowerBounds the index of each dimension's first element
 * @param elements the texts of all elements, the last dimension's running fastest
 */
record PgArrayText(int[] lengths, int[] lowerBounds, List<@Nullable String> elements) {
  /** PostgreSQL's own limit. */
  static final int MOST_DIMENSIONS = 6;

  /** Whether a list says all there is: no more than one dimension, counted from 1. */
  boolean isList() {
    return isList(lengths, lowerBounds);
  }

  static boolean isList(int[] lengths, int[] lowerBounds) {
    return lengths.length == 0 || (lengths.length == 1 && lowerBounds[0] == 1);
  }

  static PgArrayText parse(String text, char delimiter) throws UnfitException {
    return new Parser(text, delimiter).array();
  }

  /** Reads from left to right. */
  private static final class Parser {
    private final String text;
    private final char delimiter;
    private final int[] lengths = new int[MOST_DIMENSIONS];
    private final List<@Nullable String> elements = new ArrayList<>();
    private int depth;
    private int at;

    Parser(String text, char delimiter) {
      this.text = text;
      this.delimiter = delimiter;
      Arrays.fill(lengths, -1);
    }

    PgArrayText array() throws UnfitException {
      List<Integer> bounds = bounds();
      braces(0);
      require(at == text.length() && (bounds.isEmpty() || bounds.size() == depth));
      int[] lower = new int[depth];
      for (int i = 0; i < depth; i++) {
        lower[i] = bounds.isEmpty() ? 1 : bounds.get(i);
      }
      return new PgArrayText(Arrays.copyOf(lengths, depth), lower, elements);
    }

    private List<Integer> bounds() throws UnfitException {
      List<Integer> lower = new ArrayList<>();
      while (peek() == '[') {
        int colon = text.indexOf(':', at);
        int end = text.indexOf(']', at);
        require(colon > 0 && end > colon);
        try {
          lower.add(Integer.valueOf(text.substring(at + 1, colon)));
        } catch (NumberFormatException e) {
          throw malformed();
        }
        at = end + 1;
      }
      if (!lower.isEmpty()) {
        require(next() == '=');
      }
      return lower;
    }

    private void braces(int level) throws UnfitException {
      require(next() == '{' && level < MOST_DIMENSIONS);
      if (level == 0 && peek() == '}') {
        at++;
        return;
      }
      int count = 0;
      char after = delimiter;
      while (after == delimiter) {
        if (peek() == '{') {
          braces(level + 1);
        } else {
          element(level + 1);
        }
        count++;
        after = next();
      }
      require(after == '}' && (lengths[level] < 0 || lengths[level] == count));
      lengths[level] = count;
    }

    private void element(int level) throws UnfitException {
      require(depth == 0 || depth == level);
      depth = level;
      StringBuilder token = new StringBuilder();
      if (peek() == '"') {
        at++;
        for (char c = next(); c != '"'; c = next()) {
          token.append(c == '\\' ? next() : c);
        }
        elements.add(token.toString());
        return;
      }
      for (char c = peek(); c != delimiter && c != '}'; c = peek()) {
        require(c != '{' && c != '"');
        at++;
        token.append(c == '\\' ? next() : c);
      }
      require(!token.isEmpty());
      elements.add(token.toString().equalsIgnoreCase("NULL") ? null : token.toString());
    }

    private char peek() throws UnfitException {
      require(at < text.length());
      return text.charAt(at);
    }

    private char next() throws UnfitException {
      char c = peek();
      at++;
      return c;
    }

    private void require(boolean wellFormed) throws UnfitException {
      if (!wellFormed) {
        throw malformed();
      }
    }

    private UnfitException malformed() {
      String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
      return new UnfitException("'" + shown + "' is no array", "correct it at the source");
    }
  }

  /** As PostgreSQL writes it, letter for letter. */
  String print(char delimiter) {
    StringBuilder text = new StringBuilder();
    if (Arrays.stream(lowerBounds).anyMatch(bound -> bound != 1)) {
      for (int i = 0; i < lengths.length; i++) {
        int upper = lowerBounds[i] + lengths[i] - 1;
        text.append('[').append(lowerBounds[i]).append(':').append(upper).append(']');
      }
      text.append('=');
    }
    if (lengths.length == 0) {
      return text.append("{}").toString();
    }
    print(text, 0, 0, delimiter);
    return text.toString();
  }

  private int print(StringBuilder text, int level, int from, char delimiter) {
    int at = from;
    text.append('{');
    for (int i = 0; i < lengths[level]; i++) {
      if (i > 0) {
        text.append(delimiter);
      }
      if (level + 1 < lengths.length) {
        at = print(text, level + 1, at, delimiter);
      } else {
        print(text, elements.get(at++), delimiter);
      }
    }
    text.append('}');
    return at;
  }

  private static void print(StringBuilder text, @Nullable String element, char delimiter) {
    if (element == null) {
      text.append("NULL");
    } else if (needsQuotes(element, delimiter)) {
      quote(text, element);
    } else {
      text.append(element);
    }
  }

  /** Appends an element in quotes, which is right for every element. */
  static void quote(StringBuilder text, String element) {
    text.append('"');
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
  }

  private static boolean needsQuotes(String element, char delimiter) {
    if (element.isEmpty() || element.equalsIgnoreCase("NULL")) {
      return true;
    }
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      boolean space = c == ' ' || (c >= '\t' && c <= '\r');
      if (space || c == delimiter || "\"\\{}".indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }
}
