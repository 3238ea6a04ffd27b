package dev.lockstep.engine.sync;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far several syncs that are delivered together came: one position in their source, and for
 * each what became of all it read until there. Stored as one text, which the target keeps in the
 * transaction that makes it true.
 *
 * @param position where to go on reading; empty before the first transaction
 * @param counts by the names of the syncs; one that is missing has read nothing
 */
public record JointProgress(String position, SortedMap<String, Counts> counts) {
  private static final String VERSION = "1";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  public static final JointProgress START = new JointProgress("", new TreeMap<>());

  public JointProgress {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** What became of all that a sync read. */
  public Counts of(String sync) {
    return counts.getOrDefault(sync, Counts.NONE);
  }

  /** Everything that was read, by all syncs. */
  public long captured() {
    return counts.values().stream().mapToLong(Counts::captured).sum();
  }

  public JointProgress advance(String to, Map<String, Counts> more) {
    TreeMap<String, Counts> sum = new TreeMap<>(counts);
    more.forEach((sync, added) -> sum.merge(sync, added, Counts::plus));
    return new JointProgress(to, sum);
  }

  /**
   * The same with what other syncs have read until the same position, which were delivered apart.
   */
  public JointProgress joinedBy(JointProgress others) {
    TreeMap<String, Counts> all = new TreeMap<>(counts);
    others.counts.forEach((sync, more) ->
        // What was joined before by a process that got no further is in it already.
        all.merge(sync, more, (mine, its) -> mine.captured() > its.captured() ? mine : its));
    return new JointProgress(position, all);
  }

  /** The stored form: a version, the position, and for each sync its name and six counts. */
  public String text() {
    StringBuilder text = new StringBuilder(VERSION).append(' ');
    encode(position, text);
    counts.forEach((sync, n) -> {
      encode(sync, text.append(' '));
      text.append('=')
          .append(n.captured())
          .append(',')
          .append(n.applied())
          .append(',')
          .append(n.unchanged())
          .append(',')
          .append(n.superseded())
          .append(',')
          .append(n.filtered())
          .append(',')
          .append(n.dead());
    });
    return text.toString();
  }

  /** Reads {@link #text} back; throws {@link IllegalArgumentException} for anything else. */
  public static JointProgress parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length < 2 || !parts[0].equals(VERSION)) {
      throw new IllegalArgumentException("not a stored progress: '" + text + "'");
    }
    TreeMap<String, Counts> counts = new TreeMap<>();
    for (int i = 2; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String[] n = parts[i].substring(equals + 1).split(",", -1);
      if (equals < 0 || n.length != 6) {
        throw new IllegalArgumentException("not a stored progress: '" + text + "'");
      }
      counts.put(
          decode(parts[i].substring(0, equals)),
          new Counts(
              Long.parseLong(n[0]),
              Long.parseLong(n[1]),
              Long.parseLong(n[2]),
              Long.parseLong(n[3]),
              Long.parseLong(n[4]),
              Long.parseLong(n[5])));
    }
    return new JointProgress(decode(parts[1]), counts);
  }

  /** As {@link URLEncoder} does, without its buffers: it is done for every transaction. */
  private static void encode(String part, StringBuilder text) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        text.append(c);
      } else if (c < 0x80) {
        text.append('%').append(HEX.toHighHexDigit(c)).append(HEX.toLowHexDigit(c));
      } else {
        text.append(URLEncoder.encode(part.substring(i), StandardCharsets.UTF_8));
        return;
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
