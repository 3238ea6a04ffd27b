package dev.lockstep.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the place that a path of keys names, or comes nearest to it. */
final class Locate {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,6})\\]\\.?(.*)");

  private Locate() {}

  /** Keys may hold dots themselves, so the longest key that fits is followed. */
  static Where in(Where where, Node node, String path) {
    if (path.isEmpty()) {
      return where;
    }
    if (node instanceof Node.Block block) {
      Node.Entry next = null;
      for (Node.Entry entry : block.entries()) {
        boolean fits = path.equals(entry.key()) || starts(path, entry.key());
        if (fits && (next == null || entry.key().length() > next.key().length())) {
          next = entry;
        }
      }
      if (next != null) {
        String rest = path.substring(next.key().length());
        return in(
            where.in(next.key(), next.at()),
            next.value(),
            rest.startsWith(".") ? rest.substring(1) : rest);
      }
    }
    Matcher index = INDEX.matcher(path);
    if (index.matches() && node instanceof Node.Items items) {
      int at = Integer.parseInt(index.group(1));
      if (at < items.nodes().size()) {
        Node next = items.nodes().get(at);
        return in(where.element(at, next.place()), next, index.group(2));
      }
    }
    return path.startsWith("[")
        ? new Where(where.path() + path, where.place())
        : where.missing(path);
  }

  private static boolean starts(String path, String key) {
    return path.startsWith(key + ".") || path.startsWith(key + "[");
  }
}
