package dev.lockstep.server.config;

import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import dev.lockstep.engine.schedule.Schedules;
import dev.lockstep.engine.schedule.UnrecognizableSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a sync's {@code schedule}, and checks that it will ever be due. */
final class ReadSchedule {
  private static final List<String> KINDS = List.of("cron", "every", "businessDays");
  private static final String CRON = "cron: \"0 18 * * MON-FRI\"";
  private static final String EVERY = "every";
  private static final String BUSINESS_DAYS = "businessDays";
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Zones zones;
  private final Map<String, Calendar> calendars;
  private final Instant now;
  private final Problems problems;

  ReadSchedule(Zones zones, Map<String, Calendar> calendars, Instant now, Problems problems) {
    this.zones = zones;
    this.calendars = calendars;
    this.now = now;
    this.problems = problems;
  }

  /** The schedule of a sync; empty when it has none, or none that can be read. */
  Optional<ScheduleSpec> of(Part sync) {
    Optional<Part> block = sync.part("schedule");
    if (block.isPresent()) {
      return read(block.get());
    }
    return sync.knows("schedule")
        ? cron(sync, "schedule", zones.fallback()).map(ScheduleSpec::of)
        : Optional.empty();
  }

  private Optional<ScheduleSpec> read(Part part) {
    List<String> kinds = KINDS.stream().filter(part::has).toList();
    if (kinds.size() != 1) {
      if (!kinds.isEmpty() || part.block().complete()) {
        problems.add(
            kinds.isEmpty() ? part.where() : part.at(kinds.get(1)),
            kinds.isEmpty()
                ? "the schedule names no times"
                : "the schedule has " + String.join(" and ", kinds),
            kinds.isEmpty()
                ? "write one of " + CRON + ", every: 5m or businessDays: \"18:00\""
                : "keep one of them");
      }
      return Optional.empty();
    }
    checkZone(part, kinds.getFirst());
    return when(part, kinds.getFirst()).flatMap(when -> spec(part, when));
  }

  private Optional<When> when(Part part, String kind) {
    if (!part.knows(kind)) {
      return Optional.empty();
    }
    return switch (kind) {
      // A wrong zone, told already, must not keep the cron from being looked at.
      case "cron" -> cron(part, kind, zones.of(part, "zone").orElse(zones.fallback()));
      case EVERY -> every(part);
      default -> businessDays(part);
    };
  }

  private Optional<ScheduleSpec> spec(Part part, When when) {
    if (!(part.knows("jitter") && part.knows("overlap") && part.knows("missed"))) {
      return Optional.empty();
    }
    Duration jitter = part.values().period("jitter");
    if (when instanceof When.Every(Duration interval) && jitter.compareTo(interval) >= 0) {
      problems.add(
          part.at("jitter"),
          "the jitter is not shorter than the interval of " + Periods.text(interval),
          "write a shorter jitter, or leave it out");
    }
    return Optional.of(
        new ScheduleSpec(
            when,
            jitter,
            part.values().text("overlap").equals("queue")
                ? ScheduleSpec.Overlap.QUEUE
                : ScheduleSpec.Overlap.SKIP,
            part.values().text("missed").equals("skip")
                ? ScheduleSpec.Missed.SKIP
                : ScheduleSpec.Missed.RUN_ONCE));
  }

  private void checkZone(Part part, String kind) {
    if (part.has("zone") && kind.equals(EVERY)) {
      problems.add(part.at("zone"), "an interval is the same in every zone", "leave out zone");
    } else if (part.has("zone") && kind.equals(BUSINESS_DAYS)) {
      problems.add(
          part.at("zone"),
          "the zone of business days stands elsewhere",
          "write businessDays: {at: \"18:00\", zone: Europe/Berlin}, or give the calendar one");
    }
  }

  private Optional<When> cron(Part part, String key, ZoneId zone) {
    String text = part.values().text(key);
    return due(part, key, new When.Cron(text, zone), "cron " + part.shown(key), CRON);
  }

  private Optional<When> every(Part part) {
    Duration interval = part.values().period(EVERY);
    if (interval.compareTo(SHORTEST) < 0) {
      problems.add(
          part.at(EVERY),
          part.shown(EVERY) + " is shorter than " + Periods.text(SHORTEST),
          "write every: 5s, or follow changes with strategy: event");
      return Optional.empty();
    }
    return Optional.of(new When.Every(interval));
  }

  private Optional<When> businessDays(Part part) {
    Optional<Part> block = part.part(BUSINESS_DAYS);
    if (block.isEmpty()) {
      return time(part, BUSINESS_DAYS)
          .flatMap(at -> businessDays(part, at, Calendar.PLAIN, zones.fallback()));
    }
    Part days = block.get();
    Calendar calendar = calendar(days).orElse(Calendar.PLAIN);
    ZoneId fallback = calendar.zone().orElse(zones.fallback());
    ZoneId zone = days.knows("zone") ? zones.named(days, "zone").orElse(fallback) : fallback;
    return days.knows("at")
        ? time(days, "at").flatMap(at -> businessDays(part, at, calendar, zone))
        : Optional.empty();
  }

  private Optional<When> businessDays(Part part, LocalTime at, Calendar calendar, ZoneId zone) {
    if (calendar.days().isEmpty()) {
      return Optional.empty();
    }
    When when = new When.BusinessDays(at, zone, calendar.days(), calendar.holidays());
    return due(part, BUSINESS_DAYS, when, "the schedule", "a calendar with working days");
  }

  private Optional<Calendar> calendar(Part part) {
    if (!part.knows("calendar")) {
      return part.has("calendar") ? Optional.empty() : Optional.of(Calendar.PLAIN);
    }
    String name = part.values().text("calendar");
    Optional<Calendar> found = Optional.ofNullable(calendars.get(name));
    if (found.isEmpty()) {
      problems.add(
          part.at("calendar"),
          "there is no calendar " + part.shown("calendar"),
          calendars.isEmpty()
              ? "declare it: calendars: {" + name + ": {holidays: [2026-12-25]}}"
              : NearestName.remedy(name, calendars.keySet().stream().sorted().toList()));
    }
    return found;
  }

  private Optional<LocalTime> time(Part part, String key) {
    String text = part.values().text(key);
    try {
      return Optional.of(LocalTime.parse(text.matches("\\d:.*") ? "0" + text : text));
    } catch (DateTimeParseException e) {
      problems.add(
          part.at(key),
          part.shown(key) + " is no time of day",
          "write hours and minutes, as in " + key + ": \"18:00\"");
      return Optional.empty();
    }
  }

  /** A schedule that can be read and will be due. */
  private Optional<When> due(Part part, String key, When when, String shown, String remedy) {
    try {
      if (Schedules.of(when).next(now).isPresent()) {
        return Optional.of(when);
      }
      problems.add(part.at(key), shown + " is never due", "write " + remedy + ", for example");
    } catch (UnrecognizableSchedule e) {
      Fault fault = Fault.of(e, part.isShown(key));
      problems.add(part.at(key), fault.fault(), fault.remedy());
    }
    return Optional.empty();
  }

  /** The exception's words, told apart: it puts the fault before its examples. */
  private record Fault(String fault, String remedy) {
    static Fault of(UnrecognizableSchedule e, boolean shown) {
      String message = String.valueOf(e.getMessage());
      int examples = message.indexOf(". Parsable examples:");
      if (!shown || examples < 0) {
        return new Fault("the value is no cron", "write " + CRON);
      }
      return new Fault(
          message.substring(0, examples),
          "write " + CRON + ", \"*/15 * * * *\" or \"@daily\", for example");
    }
  }
}
