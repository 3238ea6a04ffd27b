package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.batch.Order;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands before the items in a file of a batch client extension, as Liferay exports it. It is
 * deployed again as it is: what is there already is updated.
 */
final class UnitHead {
  private static final JsonMapper JSON = JsonMapper.shared();

  private UnitHead() {}

  static String of(ExportTask.Wanted wanted) {
    ObjectNode head = JSON.createObjectNode();
    ObjectNode actions = head.putObject("actions");
    String address = "/o/headless-batch-engine/v1.0/import-task/" + wanted.className();
    action(actions, "createBatch", address, "POST");
    action(actions, "deleteBatch", address, "DELETE");
    action(actions, "updateBatch", address, "PUT");
    ObjectNode configuration = head.putObject("configuration");
    configuration.putNull("callbackURL");
    configuration.put("className", wanted.className());
    configuration.put("multiCompany", false);
    ObjectNode parameters = configuration.putObject("parameters");
    parameters.put("containsHeaders", "true");
    parameters.put("createStrategy", "UPSERT");
    parameters.put("importStrategy", "ON_ERROR_FAIL");
    boolean delegated = wanted.all().containsKey(Order.DELEGATE);
    if (delegated) {
      // Liferay's container sends only the parameters.
      parameters.put(Order.DELEGATE, wanted.delegate());
    }
    parameters.put("updateStrategy", "UPDATE");
    configuration.put(Order.DELEGATE, wanted.delegate());
    configuration.put("version", "v1.0");
    String text = head.toString();
    return text.substring(0, text.length() - 1) + ",\n\"items\":[\n";
  }

  private static void action(ObjectNode actions, String name, String address, String method) {
    actions.putObject(name).put("href", address).put("method", method);
  }
}
