package dev.lockstep.server.config;

import dev.lockstep.connector.Setting;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code calendars}. */
final class ReadCalendars {
  private static final List<String> DAYS =
      Stream.of(DayOfWeek.values()).map(day -> day.name().substring(0, 3)).toList();

  private final Zones zones;
  private final Problems problems;

  ReadCalendars(Zones zones, Problems problems) {
    this.zones = zones;
    this.problems = problems;
  }

  /** The calendars by name; one that is not sound is there too, so that it is not missed. */
  Map<String, Calendar> read(Node.Block block) {
    Map<String, Calendar> calendars = new HashMap<>();
    CheckForm check = new CheckForm(problems);
    for (Node.Entry entry : block.entries()) {
      Where where = new Where("calendars", block.place()).in(entry.key(), entry.at());
      check
          .block(where, new Setting.Form.Section(Language.CALENDAR), entry.value())
          .ifPresent(calendar ->
              calendars.put(
                  entry.key(), calendar(Part.check(where, Language.CALENDAR, calendar, problems))));
      calendars.putIfAbsent(entry.key(), Calendar.PLAIN);
    }
    return calendars;
  }

  private Calendar calendar(Part part) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    part.values().texts("days").forEach(text -> days.addAll(days(part.at("days"), text)));
    if (days.isEmpty() && part.sound()) {
      problems.add(part.at("days"), "no day of the week is a working day", "write days: MON-FRI");
    }
    Set<LocalDate> holidays = new LinkedHashSet<>();
    int index = 0;
    for (String text : part.values().texts("holidays")) {
      date(part.locate("holidays[" + index++ + "]"), text).ifPresent(holidays::add);
    }
    Optional<ZoneId> zone = part.knows("zone") ? zones.named(part, "zone") : Optional.empty();
    return new Calendar(days, holidays, zone);
  }

  /** {@code MON}, or {@code MON-FRI}, which may run over the end of the week. */
  private Set<DayOfWeek> days(Where where, String text) {
    String[] ends = text.strip().toUpperCase(Locale.ROOT).split("\\s*-\\s*", -1);
    int first = DAYS.indexOf(abbreviated(ends[0]));
    int last = DAYS.indexOf(abbreviated(ends[ends.length - 1]));
    if (first < 0 || last < 0 || ends.length > 2) {
      problems.add(
          where, "'" + text + "' names no day of the week", "write MON-FRI, or [MON, WED, SAT]");
      // As if it were every day, so that nothing is said of days that are missing.
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(last + 1));
    for (int day = first; day != last; day = (day + 1) % DAYS.size()) {
      days.add(DayOfWeek.of(day + 1));
    }
    return days;
  }

  private static String abbreviated(String day) {
    return Stream.of(DayOfWeek.values()).anyMatch(it -> it.name().equals(day))
        ? day.substring(0, 3)
        : day;
  }

  private Optional<LocalDate> date(Where where, String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      problems.add(where, "'" + text + "' is no date", "write year-month-day, as in 2026-12-25");
      return Optional.empty();
    }
  }
}
