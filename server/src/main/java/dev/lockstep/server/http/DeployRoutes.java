package dev.lockstep.server.http;

import static dev.lockstep.server.http.Route.Parameter.path;
import static dev.lockstep.server.http.Route.Parameter.query;
import static dev.lockstep.server.http.Route.get;
import static dev.lockstep.server.http.Route.post;

import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.deploy.Deployments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Operations on client extensions. */
final class DeployRoutes {
  /** Longer archives are not taken. */
  private static final long MOST_BYTES = 4L << 30;

  private DeployRoutes() {}

  static List<Route> of(Admin admin, Deployments deployments) {
    return List.of(
        get(
                "/deployments",
                "Client extensions, the newest first",
                "Deployments",
                it -> it.answer(admin.deployments("true".equals(it.query("all")))))
            .with(query("all", "boolean", "also those that a later one of the name came after")),
        post(
                "/deployments",
                "Takes a client extension, as a zip archive; what it declares is done afterwards",
                "Deployed",
                it -> it.answer(taken(admin, deployments, it)))
            .with(
                query("name", "string", "the project's name, where the archive has none"),
                query("again", "boolean", "whether it is done though it was done before")),
        get(
                "/deployments/{id}",
                "How a client extension stands, file by file",
                "Deployment",
                it -> it.answer(admin.deployment(it.id())))
            .with(path("id", "the deployment's id")),
        get(
                "/export",
                "Objects as a client extension, a zip archive that deploys again",
                "Archive",
                it -> export(admin, deployments, it))
            .with(
                query("objects", "string", "their names, separated by commas; * for all"),
                query("name", "string", "the extension's"),
                query("entries", "boolean", "false for definitions only")));
  }

  private static void export(Admin admin, Deployments deployments, Exchange exchange)
      throws IOException, InterruptedException {
    String objects = exchange.query("objects");
    if (objects == null || objects.isBlank()) {
      throw new AdminRefused(
          AdminRefused.Reason.MALFORMED, "no object is named", "send objects=Ticket,… or *");
    }
    Path draft = deployments.draft();
    try {
      admin.export(
          objects.equals("*") ? List.of() : List.of(objects.split(",")),
          Objects.requireNonNullElse(exchange.query("name"), "export-batch"),
          !"false".equals(exchange.query("entries")),
          draft);
      exchange.answer(draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static ObjectNode taken(Admin admin, Deployments deployments, Exchange exchange)
      throws IOException, InterruptedException {
    Path draft = deployments.draft();
    try {
      exchange.content(draft, MOST_BYTES);
      return admin.deploy(
          draft,
          Objects.requireNonNullElse(exchange.query("name"), "extension"),
          "true".equals(exchange.query("again")));
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
