package dev.lockstep.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a planned read: the places after one and up to another, as a token that survives a
 * restart.
 */
record MemoryRange(long after, long upTo, int pageRows, Optional<Since> since) {
  private static final String PAGE = "place1:";

  MemoryRange(long after, long upTo, Request request) {
    this(after, upTo, request.pageRows(), request.since());
  }

  static List<long[]> split(long last, int parts) {
    List<long[]> ranges = new ArrayList<>();
    long used = Math.clamp(parts, 1, Math.max(1, last));
    for (long part = 0; part < used; part++) {
      long end = part == used - 1 ? Long.MAX_VALUE : last * (part + 1) / used;
      ranges.add(new long[] {last * part / used, end});
    }
    return ranges;
  }

  String token() {
    String bound =
        since
            .map(s ->
                ";"
                    + encode(s.field())
                    + ";"
                    + s.value().getClass().getSimpleName()
                    + ";"
                    + encode(s.value().toString()))
            .orElse("");
    return "range1;" + after + ";" + upTo + ";" + pageRows + bound;
  }

  static MemoryRange parse(Partition partition) {
    List<String> parts = Pattern.compile(";").splitAsStream(partition.token()).toList();
    Optional<Since> since =
        parts.size() < 7
            ? Optional.empty()
            : Optional.of(
                new Since(decode(parts.get(4)), value(parts.get(5), decode(parts.get(6)))));
    return new MemoryRange(
        Long.parseLong(parts.get(1)),
        Long.parseLong(parts.get(2)),
        Integer.parseInt(parts.get(3)),
        since);
  }

  static Position position(long place) {
    return new Position(PAGE + place);
  }

  static long place(Position position) {
    if (!position.token().matches(PAGE + "\\d{1,18}")) {
      throw new ConnectorException(
          new Failure.Permanent(
              "'" + position + "' is not a place of a memory dataset; read from the start"));
    }
    return Long.parseLong(position.token().substring(PAGE.length()));
  }

  private static Object value(String carrier, String text) {
    return switch (carrier) {
      case "Long" -> Long.valueOf(text);
      case "Double" -> Double.valueOf(text);
      case "BigDecimal" -> new BigDecimal(text);
      case "Boolean" -> Boolean.valueOf(text);
      case "LocalDate" -> LocalDate.parse(text);
      case "LocalTime" -> LocalTime.parse(text);
      case "LocalDateTime" -> LocalDateTime.parse(text);
      case "Instant" -> Instant.parse(text);
      case "String" -> text;
      default -> throw new IllegalArgumentException("a since-value of class " + carrier);
    };
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
