package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader.Request;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a partition's token says: the request, and the part of the key's first column that is this
 * partition's. Printed as a query string with a version, which is what a stored run resumes from.
 *
 * @param since the cursor field and its value's text
 * @param from the first value of the key's first column that belongs to this part, inclusive
 * @param to the first that belongs to the next part
 */
public record ReadPlan(
    List<String> fields,
    Optional<Bound> since,
    int pageRows,
    Optional<String> from,
    Optional<String> to) {
  private static final String VERSION = "1";

  /** A field and a value in text form. */
  public record Bound(String field, String value) {}

  public ReadPlan {
    fields = List.copyOf(fields);
  }

  static ReadPlan of(Request request) {
    return new ReadPlan(
        request.fields(),
        request.since().map(since -> new Bound(since.field(), Values.print(since.value()))),
        request.pageRows(),
        Optional.empty(),
        Optional.empty());
  }

  ReadPlan part(Optional<String> start, Optional<String> end) {
    return new ReadPlan(fields, since, pageRows, start, end);
  }

  String token() {
    List<String> parts = new ArrayList<>(List.of("v=" + VERSION, "rows=" + pageRows));
    fields.forEach(field -> parts.add("field=" + encode(field)));
    since.ifPresent(it -> parts.add("since=" + encode(it.field())));
    since.ifPresent(it -> parts.add("at=" + encode(it.value())));
    from.ifPresent(it -> parts.add("from=" + encode(it)));
    to.ifPresent(it -> parts.add("to=" + encode(it)));
    return String.join("&", parts);
  }

  static ReadPlan parse(String token) {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    for (String part : token.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      parts.computeIfAbsent(name, key -> new ArrayList<>()).add(decode(part.substring(equals + 1)));
    }
    if (!parts.getOrDefault("v", List.of()).equals(List.of(VERSION))) {
      throw new IllegalArgumentException("not a partition of this version: " + token);
    }
    return new ReadPlan(
        parts.getOrDefault("field", List.of()),
        one(parts, "since").map(field -> new Bound(field, one(parts, "at").orElse(""))),
        Integer.parseInt(one(parts, "rows").orElse("1000")),
        one(parts, "from"),
        one(parts, "to"));
  }

  private static Optional<String> one(Map<String, List<String>> parts, String name) {
    return parts.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Texts joined so that they can be told apart again. */
  static String join(List<String> texts) {
    return texts.stream().map(ReadPlan::encode).collect(Collectors.joining(","));
  }

  static List<String> split(String joined) {
    return List.of(joined.split(",", -1)).stream().map(ReadPlan::decode).toList();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
