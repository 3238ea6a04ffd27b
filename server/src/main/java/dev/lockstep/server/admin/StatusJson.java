package dev.lockstep.server.admin;

import dev.lockstep.connector.ChangeReader.Retained;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.SystemStatus;
import dev.lockstep.engine.run.Outlook;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.engine.twoway.TwoWayStanding;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How systems, syncs and runs stand. */
final class StatusJson {
  private StatusJson() {}

  /**
   * @param running whether a Lockstep runs; otherwise this is how one left things
   * @param tasks imports and exports that are not over
   * @param deployments client extensions, of which those that failed are told
   */
  static ObjectNode status(
      boolean running,
      List<SystemStatus> systems,
      List<SyncStatus> syncs,
      ArrayNode tasks,
      ObjectNode deployments) {
    ObjectNode node = Json.object();
    node.put("running", running);
    node.set("systems", Json.array(systems, StatusJson::system));
    node.set("syncs", Json.array(syncs, StatusJson::sync));
    node.set("tasks", tasks);
    node.set("deployments", failed(deployments));
    return node;
  }

  private static ArrayNode failed(ObjectNode deployments) {
    ArrayNode failed = Json.array();
    for (JsonNode each : deployments.get("items")) {
      if (each.get("state").stringValue().equals("failed")) {
        failed.add(
            Json.object()
                .put("name", each.get("name").stringValue())
                .put("state", "failed")
                .put("error", each.get("error").stringValue()));
      }
    }
    for (JsonNode each : deployments.get("refused")) {
      failed.add(
          Json.object()
              .put("name", each.get("source").stringValue())
              .put("state", "refused")
              .put("error", each.get("error").stringValue()));
    }
    return failed;
  }

  static ObjectNode system(SystemStatus system) {
    ObjectNode node = Json.object();
    node.put("name", system.name());
    node.put("connector", system.connector());
    node.put("state", Json.word(system.state()));
    node.put("callsUsed", system.callsUsed());
    if (system.callsAllowed().isPresent()) {
      node.put("callsAllowed", system.callsAllowed().getAsLong());
    } else {
      node.putNull("callsAllowed");
    }
    Json.putTime(node, "renewsAt", system.renewsAt());
    node.put("inFlight", system.inFlight());
    node.put("waiting", system.waiting());
    Json.putTime(node, "restsUntil", system.restsUntil());
    node.put("retainedBytes", system.retained().map(Retained::bytes).orElse(null));
    Json.putSeconds(node, "retainedSeconds", system.retained().flatMap(Retained::age));
    return node;
  }

  static ObjectNode sync(SyncStatus sync) {
    ObjectNode node = Json.object();
    node.put("name", sync.name());
    node.put("from", sync.from());
    node.put("to", sync.to());
    node.put("mode", Json.word(sync.mode()));
    node.put("strategy", Json.word(sync.strategy()));
    node.put("state", Json.word(sync.state()));
    node.set("counts", counts(sync.counts()));
    node.put("backlog", sync.backlog());
    node.put("parked", sync.parked());
    node.put("openLetters", sync.openLetters());
    node.put("balanced", sync.isBalanced());
    Json.putSeconds(node, "freshnessSeconds", sync.freshness());
    Json.putSeconds(node, "stalenessSeconds", sync.staleness());
    node.put("promiseKept", sync.keepsPromise());
    Json.put(node, "currentRun", sync.currentRun().map(StatusJson::run));
    Json.put(node, "lastRun", sync.lastRun().map(StatusJson::run));
    Json.putTime(node, "nextRun", sync.nextRun());
    Json.put(node, "trouble", sync.trouble().map(StatusJson::trouble));
    Json.put(node, "twoWay", sync.twoWay().map(StatusJson::twoWay));
    return node;
  }

  private static ObjectNode twoWay(TwoWayStanding standing) {
    return Json.object().put("conflicts", standing.conflicts()).put("held", standing.held());
  }

  static ObjectNode counts(Counts counts) {
    ObjectNode node = Json.object();
    node.put("captured", counts.captured());
    node.put("applied", counts.applied());
    node.put("unchanged", counts.unchanged());
    node.put("superseded", counts.superseded());
    node.put("filtered", counts.filtered());
    node.put("dead", counts.dead());
    node.put("echoes", counts.echoes());
    node.put("waiting", counts.waiting());
    return node;
  }

  static ObjectNode run(Run run) {
    ObjectNode node = Json.object();
    node.put("id", run.id());
    node.put("sync", run.sync());
    node.put("kind", Json.word(run.kind()));
    node.put("cause", Json.word(run.cause()));
    node.put("state", Json.word(run.state()));
    node.put("startedAt", run.startedAt().toString());
    Json.putTime(node, "endedAt", run.endedAt());
    node.set("counts", counts(run.counts()));
    node.put("deleted", run.deleted());
    node.put("message", run.message());
    node.put("passesThrough", run.decoded().isEmpty());
    node.put("decodedBecause", run.decoded().orElse(null));
    put(node, run.outlook());
    return node;
  }

  /** How much of a run's reading is left, as far as it is known. */
  static void put(ObjectNode node, Outlook outlook) {
    if (outlook.expected().isPresent()) {
      node.put("expected", outlook.expected().getAsLong());
    } else {
      node.putNull("expected");
    }
    if (outlook.percent().isPresent()) {
      node.put("percent", outlook.percent().getAsInt());
    } else {
      node.putNull("percent");
    }
    Json.putSeconds(node, "leftSeconds", outlook.left());
  }

  private static ObjectNode trouble(Trouble trouble) {
    ObjectNode node = Json.object();
    node.put("place", trouble.place());
    node.put("fault", trouble.fault());
    node.put("remedy", trouble.remedy());
    node.put("passes", trouble.passes());
    node.put("since", trouble.since().toString());
    return node;
  }
}
