package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.liferay.Fault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A trigger's document, from what was sent to what is kept. What has no meaning here is kept. */
record TriggerBody(ObjectNode node) {
  static final String CODE = "externalReferenceCode";

  /** What the server says of a trigger, and nobody sets. */
  private static final Set<String> TOLD =
      Set.of(
          "actions",
          "companyId",
          "creator",
          "dateCreated",
          "dateModified",
          "id",
          "nextFireDate",
          "previousFireDate",
          "status",
          "system",
          "userId");

  private static final int MOST_CHARACTERS = 64 << 10;
  private static final int LONGEST_NAME = 255;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** The document of a trigger that is new, or replaced. */
  static TriggerBody of(ObjectNode sent) {
    ObjectNode node = sent.deepCopy();
    node.remove(TOLD);
    node.remove(
        node.properties().stream()
            .filter(it -> it.getValue().isNull())
            .map(it -> it.getKey())
            .toList());
    TriggerBody body = new TriggerBody(node);
    body.complete();
    if (node.toString().length() > MOST_CHARACTERS) {
      throw Fault.bad(
          "The trigger is longer than " + MOST_CHARACTERS + " characters",
          "send shorter dispatchTaskSettings");
    }
    return body;
  }

  /** The document with what was sent in place of what it had. */
  TriggerBody with(ObjectNode sent) {
    ObjectNode next = node.deepCopy();
    next.setAll(sent);
    return of(next);
  }

  private void complete() {
    if (text("name").isEmpty() || text("name").orElse("").length() > LONGEST_NAME) {
      throw Fault.bad(
          "name is " + (text("name").isEmpty() ? "missing" : "longer than " + LONGEST_NAME),
          "send a name that no other trigger has");
    }
    if (text("dispatchTaskExecutorType").isEmpty()) {
      throw Fault.bad(
          "dispatchTaskExecutorType is missing",
          "send who carries it out, such as '" + Executors.EXPORT + "'");
    }
    if (text(CODE).orElse("").length() > LONGEST_NAME) {
      throw Fault.bad(CODE + " is longer than " + LONGEST_NAME, "send a shorter one");
    }
    node.put("active", flag("active"));
    node.put("overlapAllowed", flag("overlapAllowed"));
    node.put("timeZoneId", zone().getId());
    text("cronExpression")
        .ifPresentOrElse(it -> node.put("cronExpression", it), () -> node.remove("cronExpression"));
    if (!node.path("dispatchTaskClusterMode").isIntegralNumber()) {
      refuseOther("dispatchTaskClusterMode", "a number");
      node.put("dispatchTaskClusterMode", 0);
    }
    if (!node.path("dispatchTaskSettings").isObject()) {
      refuseOther("dispatchTaskSettings", "{…}");
      node.putObject("dispatchTaskSettings");
    }
    completeMoments();
  }

  private void completeMoments() {
    Optional<Instant> start = moment("startDate", false);
    Optional<Instant> end = moment("endDate", true);
    start.ifPresentOrElse(
        it -> node.put("startDate", it.toString()), () -> node.remove("startDate"));
    end.ifPresentOrElse(it -> node.put("endDate", it.toString()), () -> node.remove("endDate"));
    if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
      throw Fault.bad(
          "endDate " + end.get() + " is not after startDate " + start.get(),
          "send a later end, or none");
    }
  }

  private void refuseOther(String field, String wanted) {
    if (node.has(field)) {
      throw Fault.bad(field + " is " + shown(node.path(field)), "send " + wanted);
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  Optional<String> text(String field) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isString()) {
      throw Fault.bad(field + " is " + shown(value), "send a text");
    }
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(value.asString().strip()).filter(it -> !it.isEmpty());
  }

  boolean flag(String field) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw Fault.bad(field + " is " + shown(value), "send true or false");
    }
    return value.booleanValue(false);
  }

  ZoneId zone() {
    String name = text("timeZoneId").orElse("UTC");
    try {
      return ZoneId.of(name, ZoneId.SHORT_IDS);
    } catch (DateTimeException unknown) {
      throw Fault.bad(
          "timeZoneId '" + name + "' is no time zone",
          NearestName.remedy(name, ZoneId.getAvailableZoneIds().stream().sorted().toList()));
    }
  }

  /**
   * A moment, in any of the forms of ISO 8601; one without an offset is read in the trigger's zone.
   *
   * @param whole whether a date means all of its day
   */
  Optional<Instant> moment(String field, boolean whole) {
    Optional<String> text = text(field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant moment = read(text.get(), whole);
      if (!moment.isBefore(FIRST) && !moment.isAfter(LAST)) {
        return Optional.of(moment);
      }
    } catch (DateTimeException unreadable) {
      // Told as what is out of bounds is.
    }
    throw Fault.bad(
        field + " '" + text.get() + "' is no date",
        "send one such as 2030-01-31 or 2030-01-31T08:00:00Z");
  }

  private Instant read(String text, boolean whole) {
    if (text.matches("[^T]{10}")) {
      LocalDate day = LocalDate.parse(text);
      return whole
          ? day.plusDays(1).atStartOfDay(zone()).toInstant().minusSeconds(1)
          : day.atStartOfDay(zone()).toInstant();
    }
    return text.matches(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)")
        ? OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant()
        : LocalDateTime.parse(text).atZone(zone()).toInstant();
  }
}
