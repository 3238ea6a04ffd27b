package dev.lockstep.hub.action;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The actions that led to an event, the first one first: each wrote, itself or through the receiver
 * it called, what set the next one off.
 */
record Chain(List<Link> links) {
  static final Chain NONE = new Chain(List.of());

  /** How many actions may lead to each other. */
  static final int MOST = 10;

  Chain {
    links = List.copyOf(links);
  }

  /** One action, carried out for one entry. */
  record Link(long action, String name, String object, String entry) {
    boolean isOf(long otherAction, String otherEntry) {
      return action == otherAction && entry.equals(otherEntry);
    }

    @Override
    public String toString() {
      return name + " of " + object + " '" + entry + "'";
    }
  }

  Chain and(Link link) {
    List<Link> more = new ArrayList<>(links);
    more.add(link);
    return new Chain(more);
  }

  /** Whether an action was carried out for an entry before, and led here. */
  boolean has(long action, String entry) {
    return links.stream().anyMatch(it -> it.isOf(action, entry));
  }

  boolean isLong() {
    return links.size() >= MOST;
  }

  /** For a person: {@code a of tickets '1', then b of accounts '2'}. */
  String told() {
    return links.stream().map(Link::toString).collect(Collectors.joining(", then "));
  }

  /** As it is kept; null for none. Neither names nor codes have control characters. */
  @Nullable String text() {
    return links.isEmpty()
        ? null
        : links.stream()
            .map(it -> it.action() + "\t" + it.name() + "\t" + it.object() + "\t" + it.entry())
            .collect(Collectors.joining("\n"));
  }

  static Chain of(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    List<Link> links = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] part = line.split("\t", 4);
      links.add(new Link(Long.parseLong(part[0]), part[1], part[2], part[3]));
    }
    return new Chain(links);
  }
}
