package dev.lockstep.server.admin;

import dev.lockstep.connector.Problem;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.plan.Planned;
import dev.lockstep.engine.plan.SyncPlan;
import dev.lockstep.engine.plan.SyncPlan.Alternative;
import dev.lockstep.engine.plan.SyncPlan.CallsPerDay;
import dev.lockstep.engine.plan.SyncPlan.Reason;
import dev.lockstep.engine.plan.SystemLoad;
import dev.lockstep.engine.run.FirstLoad;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How syncs are read, and why. */
final class PlanJson {
  private PlanJson() {}

  static ObjectNode plan(Engine engine) throws InterruptedException {
    ObjectNode node = Json.object();
    ArrayNode syncs = node.putArray("syncs");
    for (Planned planned : engine.plans()) {
      syncs.add(sync(planned, engine));
    }
    node.set("systems", Json.array(engine.loads(), PlanJson::load));
    return node;
  }

  private static ObjectNode sync(Planned planned, Engine engine) throws InterruptedException {
    return switch (planned) {
      case SyncPlan plan -> plan(plan, engine.firstLoad(plan.sync().name()));
      case Planned.Refused(String sync, List<Problem> problems) -> {
        ObjectNode node = Json.object();
        node.put("name", sync).put("possible", false);
        node.set("problems", Json.array(problems, PlanJson::problem));
        yield node;
      }
    };
  }

  private static ObjectNode plan(SyncPlan plan, Optional<FirstLoad> load) {
    ObjectNode node = Json.object();
    node.put("name", plan.sync().name()).put("possible", true);
    node.put("from", plan.sync().from().toString()).put("to", plan.sync().to().toString());
    node.put("declared", Json.word(plan.sync().strategy()));
    node.put("strategy", Json.word(plan.chosen()));
    Json.putSeconds(node, "freshnessSeconds", plan.sync().freshness());
    Json.putSeconds(node, "expectedStalenessSeconds", Optional.of(plan.expectedStaleness()));
    Json.put(node, "callsPerDay", Optional.of(calls(plan.calls())));
    Json.put(node, "firstLoad", load.map(PlanJson::firstLoad));
    node.set("reasons", Json.array(plan.reasons(), PlanJson::reason));
    node.set("alternatives", Json.array(plan.alternatives(), PlanJson::alternative));
    return node;
  }

  private static ObjectNode calls(CallsPerDay calls) {
    return Json.object().put("source", calls.source()).put("target", calls.target());
  }

  private static ObjectNode firstLoad(FirstLoad load) {
    return switch (load) {
      case FirstLoad.Bytes(boolean filtered) ->
          filtered
              ? firstLoad("filtered", "bytes, filtered at the source")
              : firstLoad("bytes", "bytes pass through");
      case FirstLoad.Decoded(String reason) -> firstLoad("decoded", "decoded once", reason);
      case FirstLoad.Rows(String reason) -> firstLoad("rows", "in rows", reason);
      case FirstLoad.Unknown(String reason) -> firstLoad("unknown", "not known", reason);
    };
  }

  private static ObjectNode firstLoad(String way, String text) {
    return Json.object().put("way", way).putNull("reason").put("text", text);
  }

  private static ObjectNode firstLoad(String way, String text, String reason) {
    return Json.object()
        .put("way", way)
        .put("reason", reason)
        .put("text", text + " (" + reason + ")");
  }

  private static ObjectNode reason(Reason reason) {
    return Json.object().put("kind", Json.word(reason.kind())).put("text", reason.text());
  }

  private static ObjectNode alternative(Alternative alternative) {
    ObjectNode node = Json.object();
    node.put("strategy", Json.word(alternative.strategy()));
    Json.putSeconds(node, "expectedStalenessSeconds", alternative.staleness());
    Json.put(node, "callsPerDay", alternative.calls().map(PlanJson::calls));
    node.put("whyItLost", alternative.whyItLost());
    return node;
  }

  private static ObjectNode problem(Problem problem) {
    ObjectNode node = Json.object();
    node.put("setting", problem.setting());
    return node.put("fault", problem.message()).put("remedy", problem.remedy());
  }

  private static ObjectNode load(SystemLoad load) {
    ObjectNode node = Json.object();
    node.put("name", load.system()).put("callsPerDay", load.callsPerDay());
    if (Double.isInfinite(load.permitted())) {
      node.putNull("permittedPerDay");
    } else {
      node.put("permittedPerDay", (long) Math.floor(load.permitted()));
    }
    return node.put("fits", load.fits()).put("text", load.toString());
  }
}
