package dev.lockstep.hub.object;

import dev.lockstep.store.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store keeps of actions beside their documents: since which event each is active, and how
 * it last ended. So a definition is not written anew whenever an action runs.
 */
public final class ActionStates {
  /** Liferay's codes. */
  public static final int NEVER_RAN = 0;

  public static final int SUCCESS = 1;
  public static final int FAILED = 2;

  private ActionStates() {}

  /** Brings what is kept to the documents; an action that became active begins after an event. */
  static void align(Tx tx, Model before, Model next, long lastEvent) {
    Set<Long> known = new HashSet<>(since(tx).keySet());
    Set<Long> idle = new HashSet<>();
    for (Definition definition : before.definitions()) {
      definition.actions().stream().filter(it -> !it.active()).forEach(it -> idle.add(it.id()));
    }
    for (Definition definition : next.definitions()) {
      for (DefinedAction action : definition.actions()) {
        boolean isNew = !known.remove(action.id());
        if (isNew || (action.active() && idle.contains(action.id()))) {
          tx.update(
              "INSERT INTO hub_action (id, since, status) VALUES (?, ?, 0)"
                  + " ON CONFLICT (id) DO UPDATE SET since = excluded.since",
              action.id(),
              lastEvent);
        }
      }
    }
    known.forEach(gone -> tx.update("DELETE FROM hub_action WHERE id = ?", gone));
  }

  /** The last event before each action became active. */
  public static Map<Long, Long> since(Tx tx) {
    return column(tx, "since");
  }

  /** How each action last ended. */
  static Map<Long, Long> status(Tx tx) {
    return column(tx, "status");
  }

  private static Map<Long, Long> column(Tx tx, String name) {
    Map<Long, Long> all = new HashMap<>();
    tx.list(
        "SELECT id, " + name + " FROM hub_action", row -> all.put(row.integer(1), row.integer(2)));
    return all;
  }

  /** Notes how an action ended. */
  public static void ended(Tx tx, long action, int status) {
    tx.update(
        "UPDATE hub_action SET status = ? WHERE id = ? AND status <> ?", status, action, status);
  }

  /** Writes the state into a document that is shown. */
  static void show(ObjectNode action, long status) {
    ObjectNode shown = action.putObject("status");
    shown.put("code", status);
    shown.put("label", status == SUCCESS ? "success" : status == FAILED ? "failed" : "never-ran");
    shown.put(
        "label_i18n", status == SUCCESS ? "Success" : status == FAILED ? "Failed" : "Never Ran");
  }
}
