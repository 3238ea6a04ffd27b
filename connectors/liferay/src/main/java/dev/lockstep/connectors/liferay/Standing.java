package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.http.JsonApi;
import java.util.Map;
import java.util.Optional;

/**
 * What stands at the other side right before a write.
 *
 * @param known whether it was looked at
 * @param row the entry; empty where there is none
 * @param conditions the headers by which a Lockstep writes only if nothing has changed since
 */
record Standing(boolean known, Optional<Row> row, Map<String, String> conditions) {
  /** Whatever it is. */
  static final Standing ANY = new Standing(false, Optional.empty(), Map.of());

  static final Outcome CHANGED =
      new Outcome.Deferred("the entry was changed meanwhile", Optional.empty());

  static Standing of(Remote remote, ObjectShape shape, String code) throws InterruptedException {
    String target = shape.entry(code);
    JsonApi.Answer answer = remote.read(target);
    if (answer.status() == 404 || answer.status() == 410) {
      return new Standing(true, Optional.empty(), Map.of("If-None-Match", "*"));
    }
    if (!answer.isSuccess()) {
      throw remote.failure("GET", target, answer);
    }
    return switch (EntryRows.read(shape, remote.json("GET", target, answer))) {
      case EntryRows.Read.Good(Row row) ->
          new Standing(
              true,
              Optional.of(row),
              answer.tag().map(it -> Map.of("If-Match", it)).orElse(Map.of()));
      case EntryRows.Read.Bad(var why) ->
          throw new ConnectorException(
              new Failure.Permanent(why.place() + ": " + why.fault() + "; " + why.remedy()));
    };
  }

  boolean isAbsent() {
    return known && row.isEmpty();
  }

  boolean isAs(Optional<Row> expected) {
    return expected.map(it -> row.filter(now -> it.isIn(now)).isPresent()).orElseGet(row::isEmpty);
  }

  /** Whether a write was not made because something has changed since. */
  boolean refuses(JsonApi.Answer answer) {
    int status = answer.status();
    return known && (status == 412 || (row.isPresent() && (status == 404 || status == 410)));
  }
}
