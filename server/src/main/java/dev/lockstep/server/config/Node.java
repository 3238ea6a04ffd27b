package dev.lockstep.server.config;

import java.util.List;
import java.util.Optional;

/** A piece of the file as it was written, with its place. */
sealed interface Node {

  Place place();

  /** What it is, for an error. */
  String kind();

  /**
   * A single value.
   *
   * @param plain not in quotes
   * @param origin how its text came about
   */
  record Scalar(Place place, String text, boolean plain, Origin origin) implements Node {

    /** Where a text comes from. */
    enum Origin {
      FILE,
      /** From a variable, wholly or in part: never to be shown. */
      VARIABLE,
      /** It could not be found out, which was told already. */
      UNKNOWN
    }

    boolean isUnknown() {
      return origin == Origin.UNKNOWN;
    }

    /** Whether there is nothing: no text at all, {@code ~} or {@code null}. */
    boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    /** The text for an error, unless it may be a secret. */
    String shown() {
      if (origin != Origin.FILE) {
        return "the variable's value";
      }
      return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'";
    }

    @Override
    public String kind() {
      return isNothing() ? "empty" : "a single value";
    }
  }

  /**
   * Keys with values.
   *
   * @param complete false when the file could not be read to the block's end, so that nothing can
   *     be said to be missing
   */
  record Block(Place place, List<Entry> entries, boolean complete) implements Node {
    public Block {
      entries = List.copyOf(entries);
    }

    static Block empty(Place place) {
      return new Block(place, List.of(), true);
    }

    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    boolean has(String key) {
      return entry(key).isPresent();
    }

    @Override
    public String kind() {
      return "a block of keys";
    }
  }

  /** A list. */
  record Items(Place place, List<Node> nodes) implements Node {
    public Items {
      nodes = List.copyOf(nodes);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * One key of a block.
   *
   * @param at the key's own place
   */
  record Entry(String key, Place at, Node value) {}
}
