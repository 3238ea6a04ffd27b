package dev.lockstep.server.security;

import dev.lockstep.engine.sync.Steps;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Lockstep whose configuration says who may call. */
final class SecuredServer implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";
  static final String HASH =
      "$pbkdf2-sha512$i=10000$MDEyMzQ1Njc4OWFiY2RlZg$k640sf0rpeG0xHKHhFQzuuzThAD4DrCknQve8BkS5rw";
  static final String SECRET = "a secret of the application";
  static final String SECRET_HASH =
      "$pbkdf2-sha512$i=10000$ZmVkY2JhOTg3NjU0MzIxMA$YKOCW6jR9UWtRlO0prrZGLxktc6OegJckuiIvx02nqU";
  static final String SERVER_TOKEN = "the-token-of-the-server";

  final Lockstep lockstep;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private SecuredServer(Lockstep lockstep) {
    this.lockstep = lockstep;
    this.server = HttpServer.start(lockstep);
  }

  /**
   * @param security the block of that name, indented; HASH and SECRET stand for those above
   */
  static SecuredServer open(Path folder, String security, InstantSource clock) throws Exception {
    return openWith(
        folder,
        """
        lockstep: 1
        server: {address: "127.0.0.1:0", token: %s}
        hub:
          definitions: true
          objects:
            notes: {fields: {text: text}}
        security:
        """
                .formatted(SERVER_TOKEN)
            + security.replace("HASH", HASH).replace("SECRET", SECRET_HASH),
        clock);
  }

  /** The same with a whole configuration. */
  static SecuredServer openWith(Path folder, String yaml, InstantSource clock) throws Exception {
    Files.writeString(folder.resolve("lockstep.yaml"), yaml);
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) ->
          new SecuredServer(Lockstep.open(configuration, clock, Steps.NONE));
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  /** An answer. */
  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The answer, which must have this status. */
    Answer is(int wanted) {
      if (status != wanted) {
        throw new AssertionError(status + " instead of " + wanted + ": " + body);
      }
      return this;
    }
  }

  static String basic(String name, String secret) {
    byte[] both = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Asks for a token; empty scopes ask for all. */
  String token(String client, String scopes) throws Exception {
    String form =
        "grant_type=client_credentials&client_id="
            + client
            + "&client_secret="
            + SECRET.replace(' ', '+')
            + (scopes.isEmpty() ? "" : "&scope=" + scopes.replace(' ', '+'));
    return "Bearer "
        + form("/o/oauth2/token", null, form).is(200).json().path("access_token").asString();
  }

  Answer form(String path, @Nullable String authorization, String form) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    return send(request, authorization);
  }

  Answer get(@Nullable String authorization, String path) throws Exception {
    return send(authorization, "GET", path, "");
  }

  /** Sends JSON in which ' stands for ". */
  Answer send(@Nullable String authorization, String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    request.header(
        body.isEmpty() ? "Lockstep-Request" : "Content-Type",
        body.isEmpty() ? "1" : "application/json");
    return send(request, authorization);
  }

  private Answer send(HttpRequest.Builder request, @Nullable String authorization)
      throws IOException, InterruptedException {
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response);
  }

  URI address() {
    return server.address();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    lockstep.close();
  }
}
