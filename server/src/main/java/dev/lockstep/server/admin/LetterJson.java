package dev.lockstep.server.admin;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.engine.Trace;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.run.Difference;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Dead letters, the way of a record, and what a run would do. */
final class LetterJson {
  private LetterJson() {}

  static ObjectNode page(LetterQuery query, List<Letter> letters) {
    ObjectNode list = Json.list(letters, LetterJson::line);
    if (letters.size() == query.limit()) {
      list.put("next", letters.getLast().id());
    }
    return list;
  }

  /** What a list shows: all but the record. */
  static ObjectNode line(Letter letter) {
    ObjectNode node = Json.object();
    node.put("id", letter.id());
    node.put("sync", letter.sync());
    node.put("key", letter.key());
    node.put("state", Json.word(letter.state()));
    node.put("change", word(letter.change()));
    node.put("reason", letter.reason());
    node.put("remedy", letter.remedy());
    node.put("place", letter.place());
    node.put("createdAt", letter.createdAt().toString());
    return node;
  }

  static ObjectNode whole(Letter letter) {
    ObjectNode node = line(letter);
    node.put("dataset", letter.change().dataset().toString());
    node.put("committedAt", letter.change().mark().committedAt().toString());
    switch (letter.change()) {
      case Change.Upserted(var dataset, var key, var row, var before, var mark) -> {
        node.set("record", ValueJson.row(row));
        Json.put(node, "before", ValueJson.row(before));
      }
      case Change.Deleted(var dataset, var key, var before, var mark) ->
          Json.put(node, "before", ValueJson.row(before));
      case Change.Garbled(var dataset, Unreadable record, var mark) ->
          node.put("raw", record.raw());
      case Change.Truncated _ -> {}
    }
    return node;
  }

  private static String word(Change change) {
    return switch (change) {
      case Change.Upserted _ -> "upserted";
      case Change.Deleted _ -> "deleted";
      case Change.Garbled _ -> "unreadable";
      case Change.Truncated _ -> "truncated";
    };
  }

  static ObjectNode trace(Trace trace) {
    ObjectNode node = Json.object();
    node.put("sync", trace.sync());
    node.put("key", trace.key());
    node.set("events", Json.array(trace.events(), LetterJson::event));
    node.set("letters", Json.array(trace.letters(), LetterJson::line));
    node.put("targetAsked", trace.targetAsked());
    Json.put(node, "inTarget", ValueJson.row(trace.inTarget()));
    node.put("note", trace.note());
    return node;
  }

  private static ObjectNode event(Trace.Event event) {
    ObjectNode node = Json.object();
    node.put("at", event.at().toString());
    node.put("sequence", event.sequence());
    node.put("what", event.what());
    node.put("detail", event.detail());
    return node;
  }

  static ObjectNode difference(Difference difference) {
    ObjectNode node = Json.object();
    switch (difference) {
      case Difference.Create(var key, var row) -> {
        node.put("action", "create").put("key", key.toString());
        node.set("record", ValueJson.row(row));
      }
      case Difference.Update(var key, var fields) -> {
        node.put("action", "update").put("key", key.toString());
        node.set("fields", Json.array(fields, LetterJson::change));
      }
      case Difference.Delete(var key) -> node.put("action", "delete").put("key", key.toString());
      case Difference.Refuse(var place, var reason, var remedy) ->
          node.put("action", "refuse")
              .put("place", place)
              .put("reason", reason)
              .put("remedy", remedy);
    }
    return node;
  }

  private static ObjectNode change(Difference.FieldChange change) {
    ObjectNode node = Json.object();
    node.put("field", change.field());
    node.set("from", ValueJson.value(change.from()));
    node.set("to", ValueJson.value(change.to()));
    return node;
  }
}
