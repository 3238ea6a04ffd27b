package dev.lockstep.hub.dispatch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Triggers and runs as documents of the API. */
final class TriggerJson {
  static final String TRIGGERS = "/o/dispatch-rest/v1.0/dispatch-triggers";

  private TriggerJson() {}

  /** A trigger with what the server says of it. */
  static ObjectNode shown(Trigger trigger) {
    ObjectNode shown = JsonMapper.shared().createObjectNode();
    links(shown.putObject("actions"), TRIGGERS + "/" + trigger.id());
    shown.setAll(kept(trigger));
    shown.put("dateCreated", text(trigger.created()));
    shown.put("dateModified", text(trigger.modified()));
    trigger.due().ifPresent(due -> shown.put("nextFireDate", text(due)));
    trigger.last().ifPresent(last -> shown.put("previousFireDate", text(last.started())));
    status(
        shown.putObject("status"),
        trigger.last().map(it -> it.status().code()).orElse(5),
        trigger.last().map(it -> it.status().label()).orElse("never-ran"));
    return shown.put("system", false);
  }

  private static void links(ObjectNode actions, String address) {
    link(actions, "delete", address, "DELETE");
    link(actions, "get", address, "GET");
    link(actions, "logs", address + "/dispatch-logs", "GET");
    link(actions, "run", address + "/run", "POST");
    link(actions, "update", address, "PATCH");
  }

  private static void link(ObjectNode actions, String name, String address, String method) {
    actions.putObject(name).put("href", address).put("method", method);
  }

  /** A trigger as it was sent, which can be sent again. */
  static ObjectNode kept(Trigger trigger) {
    ObjectNode kept = trigger.body().deepCopy();
    kept.put(TriggerBody.CODE, trigger.code());
    return kept.put("id", trigger.id());
  }

  static ObjectNode shown(Run run, Instant now) {
    ObjectNode shown = JsonMapper.shared().createObjectNode();
    shown.put("id", run.id()).put("dispatchTriggerId", run.trigger());
    shown.put("dispatchTaskExecutorType", run.type());
    shown.put("trigger", run.origin().cause().word());
    Optional.ofNullable(run.origin().who()).ifPresent(who -> shown.put("userName", who));
    run.due().ifPresent(due -> shown.put("dueDate", text(due)));
    shown.put("startDate", text(run.started()));
    run.ended().ifPresent(ended -> shown.put("endDate", text(ended)));
    shown.put(
        "runTime", Math.max(0, ChronoUnit.MILLIS.between(run.started(), run.ended().orElse(now))));
    status(shown.putObject("status"), run.status().code(), run.status().label());
    return shown.put("output", run.output()).put("error", run.error());
  }

  private static void status(ObjectNode status, int code, String label) {
    String words = label.replace('-', ' ');
    status.put("code", code).put("label", label);
    status.put("label_i18n", Character.toUpperCase(words.charAt(0)) + words.substring(1));
  }

  private static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
