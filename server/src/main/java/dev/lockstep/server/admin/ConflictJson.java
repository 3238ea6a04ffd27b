package dev.lockstep.server.admin;

import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.FirstReport;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conflicts of two-way syncs, and how their ends compare. */
final class ConflictJson {
  private ConflictJson() {}

  static ObjectNode page(ConflictQuery query, List<Conflict> conflicts) {
    ObjectNode list = Json.list(conflicts, ConflictJson::line);
    if (conflicts.size() == query.limit()) {
      list.put("next", conflicts.getLast().id());
    }
    return list;
  }

  /** What a list shows: all but the records. */
  private static ObjectNode line(Conflict conflict) {
    ObjectNode node = Json.object();
    node.put("id", conflict.id());
    node.put("sync", conflict.sync());
    node.put("key", conflict.key());
    node.put("state", Json.word(conflict.state()));
    node.put("foundAt", conflict.foundAt().toString());
    node.put("policy", conflict.policy());
    node.set("fields", texts(conflict.fields()));
    node.put("winner", conflict.winner());
    node.put("why", conflict.why());
    return node;
  }

  static ObjectNode whole(Conflict conflict) {
    ObjectNode node = line(conflict);
    Json.put(node, "from", ValueJson.row(conflict.from()));
    Json.put(node, "to", ValueJson.row(conflict.to()));
    return node;
  }

  static ObjectNode report(String sync, FirstReport report) {
    ObjectNode node = Json.object();
    node.put("sync", sync);
    node.put("equal", report.equal());
    node.put("different", report.different());
    node.put("onlyFrom", report.onlyFrom());
    node.put("onlyTo", report.onlyTo());
    node.put("refused", report.refused());
    ObjectNode fields = node.putObject("fields");
    new TreeMap<>(report.fields()).forEach(fields::put);
    node.set(
        "samples",
        Json.array(
            report.samples(),
            sample -> {
              ObjectNode each = Json.object();
              each.put("key", sample.key()).put("what", sample.what());
              each.set("fields", texts(sample.fields()));
              return each;
            }));
    return node;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = Json.array();
    texts.forEach(array::add);
    return array;
  }
}
