package dev.lockstep.server.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as they are shown: the time alone for those of today. */
record Moments(Instant now, ZoneId zone) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  String text(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    LocalDate today = now.atZone(zone).toLocalDate();
    return (local.toLocalDate().equals(today) ? TIME : DAY_AND_TIME).format(local);
  }

  String nowText() {
    return DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH).format(now.atZone(zone));
  }
}
