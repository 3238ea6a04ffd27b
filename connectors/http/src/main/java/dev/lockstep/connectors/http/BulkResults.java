package dev.lockstep.connectors.http;

import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the outcomes that the answer to a call for many records holds. */
final class BulkResults {
  private static final int RESULT = 64 * 1024;

  private final Session session;
  private final Resource resource;
  private final Bulk call;
  private final Batch batch;

  BulkResults(Session session, Resource resource, Bulk call, Batch batch) {
    this.session = session;
    this.resource = resource;
    this.call = call;
    this.batch = batch;
  }

  void fill(Exchange exchange, List<Integer> places, @Nullable Outcome[] outcomes)
      throws IOException {
    if (call.results().isEmpty()) {
      places.forEach(place -> outcomes[place] = Outcome.APPLIED);
      return;
    }
    PageBody body =
        new PageBody(
            exchange.body(session.api().sizes().response()),
            call.results().get(),
            List.of(),
            RESULT);
    Map<String, Integer> byKey = call.matchByKey() ? byKey(places) : Map.of();
    int index = 0;
    JsonScanner.Value result;
    while ((result = body.next()) != null) {
      Map<List<String>, String> scalars = SmallJson.scalars(result.bytes());
      Integer place =
          call.matchByKey()
              ? byKey.get(key(scalars))
              : index < places.size() ? places.get(index) : null;
      index++;
      if (place != null) {
        outcomes[place] = outcome(scalars);
      }
    }
    for (int place : places) {
      if (outcomes[place] == null) {
        outcomes[place] =
            new Outcome.Deferred(
                call + ": the answer says nothing about this record", Optional.empty());
      }
    }
  }

  private Map<String, Integer> byKey(List<Integer> places) {
    Map<String, Integer> byKey = new HashMap<>();
    for (int place : places) {
      List<String> parts = new ArrayList<>();
      batch
          .mutations()
          .get(place)
          .key()
          .parts()
          .forEach(part -> parts.add(String.valueOf(PathText.of(part))));
      byKey.put(String.join("\u0000", parts), place);
    }
    return byKey;
  }

  private String key(Map<List<String>, String> scalars) {
    List<String> parts = new ArrayList<>();
    batch.key().forEach(name -> parts.add(scalars.getOrDefault(List.of(name), "")));
    return String.join("\u0000", parts);
  }

  private Outcome outcome(Map<List<String>, String> scalars) {
    Optional<String> status = call.status().flatMap(path -> SmallJson.at(scalars, path));
    String message =
        call.message()
            .flatMap(path -> SmallJson.at(scalars, path))
            .map(text -> Faults.cut(session.redactor().clean(text), 300))
            .orElse("");
    if (status.isEmpty()) {
      return message.isEmpty() ? Outcome.APPLIED : rejected(message);
    }
    if (call.ok().contains(status.get())) {
      return Outcome.APPLIED;
    }
    if (call.ok().isEmpty() && status.get().matches("[2345][0-9][0-9]")) {
      int code = Integer.parseInt(status.get());
      return coded(code, message.isEmpty() ? status.get() : code + ": " + message);
    }
    return rejected(message.isEmpty() ? "status '" + Faults.cut(status.get(), 60) + "'" : message);
  }

  private Outcome coded(int code, String said) {
    String text = call + " answered for this record " + said;
    return switch (resource.verdicts().of(call.deed(), code)) {
      case APPLIED -> Outcome.APPLIED;
      case UNCHANGED -> Outcome.UNCHANGED;
      case RETRY, BUSY -> new Outcome.Deferred(text, Optional.empty());
      case REJECT, STOP ->
          new Outcome.Rejected(text, "correct the record or the mapping, then replay it");
    };
  }

  private Outcome rejected(String message) {
    return new Outcome.Rejected(
        call + " refused this record: " + message,
        "correct the record or the mapping, then replay it");
  }
}
