package dev.lockstep.server.config;

/** Finds the place that a path of keys names, or comes nearest to it. */
final class Locate {
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
    return path.startsWith("[")
        ? new Where(where.path() + path, where.place())
        : where.missing(path);
  }

  private static boolean starts(String path, String key) {
    return path.startsWith(key + ".") || path.startsWith(key + "[");
  }
}
