package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.dispatch.Timetables.Timetable;
import dev.lockstep.hub.liferay.Fault;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a trigger's document means.
 *
 * @param type who carries it out
 * @param cron when it is due, in Quartz's words; empty for one that is only asked for
 */
record Terms(
    String name,
    boolean active,
    String type,
    Settings settings,
    Optional<String> cron,
    ZoneId zone,
    Optional<Instant> start,
    Optional<Instant> end,
    boolean overlap) {

  static Terms of(ObjectNode body) {
    TriggerBody read = new TriggerBody(body);
    return new Terms(
        read.text("name").orElseThrow(),
        read.flag("active"),
        read.text("dispatchTaskExecutorType").orElseThrow(),
        Settings.of(body.path("dispatchTaskSettings")),
        read.text("cronExpression"),
        read.zone(),
        read.moment("startDate", false),
        read.moment("endDate", true),
        read.flag("overlapAllowed"));
  }

  /** Whether both are due at the same times. */
  boolean isDueAs(Terms other) {
    return active == other.active
        && cron.equals(other.cron)
        && zone.equals(other.zone)
        && start.equals(other.start)
        && end.equals(other.end);
  }

  /**
   * The first due time after a moment, between start and end, whether active or not.
   *
   * @throws Fault when the cron cannot be read
   */
  Optional<Instant> next(Timetables timetables, Instant after) {
    if (cron.isEmpty()) {
      return Optional.empty();
    }
    Instant before =
        start.map(it -> it.minusNanos(1)).filter(it -> it.isAfter(after)).orElse(after);
    return timetable(timetables, cron.get())
        .next(before)
        .filter(due -> end.isEmpty() || !due.isAfter(end.get()));
  }

  private Timetable timetable(Timetables timetables, String expression) {
    try {
      return timetables.read(expression, zone);
    } catch (IllegalArgumentException unreadable) {
      throw Fault.bad("cronExpression: " + unreadable.getMessage(), "");
    }
  }
}
