package dev.lockstep.server.admin;

import dev.lockstep.server.deploy.Deployment;
import dev.lockstep.server.deploy.Deployments;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Client extensions as documents. */
final class DeploymentJson {
  private DeploymentJson() {}

  static ObjectNode list(Deployments.Listed listed) {
    ObjectNode list = Json.list(listed.deployments(), DeploymentJson::one);
    list.set(
        "refused",
        Json.array(
            listed.refused(),
            it -> Json.object().put("source", it.source()).put("error", it.error())));
    return list;
  }

  static ObjectNode one(Deployment deployment) {
    ObjectNode node = Json.object();
    node.put("id", deployment.id()).put("name", deployment.name());
    node.put("state", Json.word(deployment.state())).put("digest", deployment.digest());
    Json.putTime(node, "receivedAt", Optional.of(deployment.received()));
    Json.putTime(node, "endedAt", deployment.ended());
    node.put("error", deployment.error());
    node.set("notes", Json.array(deployment.notes(), Json::text));
    node.set("files", Json.array(deployment.files(), DeploymentJson::file));
    return node;
  }

  private static ObjectNode file(Deployment.File file) {
    ObjectNode node = Json.object();
    node.put("number", file.number()).put("path", file.path());
    node.put("className", file.className()).put("state", Json.word(file.state()));
    node.put("task", file.task()).put("items", file.items()).put("failed", file.failed());
    node.put("failedItem", file.item()).put("note", file.note()).put("error", file.error());
    return node;
  }
}
