package dev.lockstep.server.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether this process should be restarted (live) and whether it should be called (ready). */
final class Health implements HttpService {
  static final String PATH = "/health";

  private final Probe ready;

  /** Whether the store answers; called for each request. */
  interface Probe extends BooleanSupplier {}

  Health(Probe ready) {
    this.ready = ready;
  }

  static boolean isHealth(String path) {
    return path.equals(PATH + "/live") || path.equals(PATH + "/ready");
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/live", (request, response) -> answer(response, true));
    rules.get("/ready", this::ready);
  }

  private void ready(ServerRequest request, ServerResponse response) {
    answer(response, ready.getAsBoolean());
  }

  private static void answer(ServerResponse response, boolean up) {
    Reply.json(
        response,
        up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503,
        JsonNodeFactory.instance.objectNode().put("status", up ? "up" : "down"));
  }
}
