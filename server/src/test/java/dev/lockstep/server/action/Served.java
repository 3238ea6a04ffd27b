package dev.lockstep.server.action;

import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import dev.lockstep.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Lockstep whose objects are defined over the API. */
final class Served implements AutoCloseable {
  static final String TICKETS =
      "/o/object-admin/v1.0/object-definitions/by-external-reference-code/TICKET";

  final Lockstep lockstep;
  private final HttpServer server;
  private String token = "";
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(Lockstep lockstep) {
    this.lockstep = lockstep;
    lockstep.start();
    this.server = HttpServer.start(lockstep);
  }

  /**
   * @param localNetwork whether actions may call the receiver, which is on this machine
   */
  static Served open(Path folder, boolean localNetwork) throws Exception {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub:
          definitions: true
          actions: {localNetwork: %s}
        %s
        """
            .formatted(localNetwork, StoreBlock.of(folder)));
    return reopen(folder);
  }

  /** Opens what the folder's file says. */
  static Served reopen(Path folder) throws Exception {
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) -> new Served(Lockstep.open(configuration));
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  /** An answer. */
  record Answer(int status, String body) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /** The answer, which must have this status. */
    Answer is(int wanted) {
      if (status != wanted) {
        throw new AssertionError(status + " instead of " + wanted + ": " + body);
      }
      return this;
    }
  }

  Served withTickets() throws Exception {
    send(
            "PUT",
            TICKETS,
            "{'name':'Ticket','label':{'en_US':'Ticket'},'pluralLabel':{'en_US':'Tickets'},"
                + "'status':{'code':0},'objectFields':["
                + "{'name':'subject','label':{'en_US':'Subject'},'businessType':'Text'},"
                + "{'name':'number','label':{'en_US':'Number'},'businessType':'Integer'}]}")
        .is(200);
    return this;
  }

  Answer action(String name, String trigger, String url, String condition) throws Exception {
    return send(
        "POST",
        TICKETS + "/object-actions",
        "{'name':'%s','label':{'en_US':'%s'},'objectActionTriggerKey':'%s',"
                .formatted(name, name, trigger)
            + "'objectActionExecutorKey':'webhook','conditionExpression':'%s',".formatted(condition)
            + "'parameters':{'url':'%s','secret':'s3cret'}}".formatted(url));
  }

  URI address() {
    return server.address();
  }

  Answer put(String code, String body) throws Exception {
    return send("PUT", "/o/c/tickets/by-external-reference-code/" + code, body).is(200);
  }

  Answer get(String path) throws Exception {
    return send("GET", path, "");
  }

  /** Sends a bearer token with every request from here on. */
  Served withToken(String bearer) {
    token = bearer;
    return this;
  }

  /** Sends JSON in which ' stands for ". */
  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .timeout(Await.LONGEST)
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    } else {
      request.header("Lockstep-Request", "1");
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** Waits until something holds. */
  static void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so in time: " + what);
      }
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    lockstep.close();
  }
}
