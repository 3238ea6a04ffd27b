package dev.lockstep.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A random cron made together with the values it means, and its due times found by looking at every
 * second: slow, and with nothing in common with the schedule under test.
 */
record NaiveCron(String expression, List<Set<Integer>> fields, boolean repeats, boolean either) {
  private static final int[][] RANGES = {{0, 59}, {0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}};

  static NaiveCron random(Random random) {
    List<String> texts = new ArrayList<>();
    List<Set<Integer>> fields = new ArrayList<>();
    for (int field = 0; field < 6; field++) {
      Set<Integer> values = new TreeSet<>();
      texts.add(field == 0 ? "0" : field(random, field, RANGES[field], values));
      fields.add(field == 0 ? Set.of(0) : values);
    }
    boolean repeats =
        texts.subList(1, 3).stream().anyMatch(t -> t.contains("*") || t.contains("/"));
    boolean either = !texts.get(3).startsWith("*") && !texts.get(5).startsWith("*");
    return new NaiveCron(String.join(" ", texts), fields, repeats, either);
  }

  private static String field(Random random, int field, int[] range, Set<Integer> values) {
    int low = range[0];
    int high = range[1];
    boolean calendar = field > 2;
    return switch (random.nextInt(calendar ? 8 : 5)) {
      case 0 -> range(random, low, high, values);
      case 1 -> list(random, low, high, values);
      case 2 -> stepped(random, low, high, values);
      case 3 ->
          range(random, low, Math.min(high, low + 6), values)
              + ","
              + list(random, low, high, values);
      default -> {
        add(values, low, high, 1);
        yield "*";
      }
    };
  }

  private static String range(Random random, int low, int high, Set<Integer> values) {
    int first = random.nextInt(low, high);
    int last = random.nextInt(first + 1, high + 1);
    int step = random.nextInt(1, last - first + 1);
    add(values, first, last, step);
    return first + "-" + last + (step == 1 ? "" : "/" + step);
  }

  private static String list(Random random, int low, int high, Set<Integer> values) {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int value = random.nextInt(low, high + 1);
      values.add(value);
      texts.add(Integer.toString(value));
    }
    return String.join(",", texts);
  }

  private static String stepped(Random random, int low, int high, Set<Integer> values) {
    int step = random.nextInt(1, Math.min(high - low, 20));
    add(values, low, high, step);
    return "*/" + step;
  }

  private static void add(Set<Integer> values, int first, int last, int step) {
    for (int value = first; value <= last; value += step) {
      values.add(value);
    }
  }

  /** The due times after one moment up to another. */
  List<Instant> due(ZoneId zone, Instant after, Instant until) {
    return List.copyOf(repeats ? repetitions(zone, after, until) : timesOfDay(zone, after, until));
  }

  private Set<Instant> repetitions(ZoneId zone, Instant after, Instant until) {
    Set<Instant> due = new TreeSet<>();
    long first = after.getEpochSecond() + 1;
    for (long second = first; second <= until.getEpochSecond(); second++) {
      Instant moment = Instant.ofEpochSecond(second);
      if (names(LocalDateTime.ofInstant(moment, zone))) {
        due.add(moment);
      }
    }
    return due;
  }

  private Set<Instant> timesOfDay(ZoneId zone, Instant after, Instant until) {
    Set<Instant> due = new TreeSet<>();
    LocalDateTime end = LocalDateTime.ofInstant(until, ZoneOffset.UTC).plusDays(2);
    LocalDateTime local =
        LocalDateTime.ofInstant(after, ZoneOffset.UTC).minusDays(2).withSecond(0).withNano(0);
    for (; local.isBefore(end); local = local.plusMinutes(1)) {
      if (names(local)) {
        due.add(meant(local, zone));
      }
    }
    due.removeIf(moment -> !moment.isAfter(after) || moment.isAfter(until));
    return due;
  }

  private static Instant meant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    LocalDateTime existing = local;
    while (offsets.isEmpty()) {
      existing = existing.plusMinutes(1);
      offsets = zone.getRules().getValidOffsets(existing);
    }
    return offsets.stream().map(existing::toInstant).min(Instant::compareTo).orElseThrow();
  }

  private boolean names(LocalDateTime local) {
    boolean inMonth = fields.get(3).contains(local.getDayOfMonth());
    boolean inWeek = fields.get(5).contains(local.getDayOfWeek().getValue() % 7);
    return fields.get(0).contains(local.getSecond())
        && fields.get(1).contains(local.getMinute())
        && fields.get(2).contains(local.getHour())
        && fields.get(4).contains(local.getMonthValue())
        && (either ? inMonth || inWeek : inMonth && inWeek);
  }
}
