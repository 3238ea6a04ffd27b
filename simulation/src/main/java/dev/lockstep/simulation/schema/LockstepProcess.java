package dev.lockstep.simulation.schema;

import dev.lockstep.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code lockstep up} as a process of its own. */
public final class LockstepProcess {
  private static final Pattern ADDRESS = Pattern.compile("\"address\"\\s*:\\s*\"([^\"]+)\"");
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
  private static final long ENDS_WITHIN_SECONDS = 30;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private volatile Optional<URI> address = Optional.empty();

  private LockstepProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * Starts it and returns at once.
   *
   * @param log what it says of itself is written at the end of
   */
  public static LockstepProcess up(Path folder, Path log) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xms32m",
            "-Xmx128m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "up",
            folder.toString(),
            "--json",
            "--verbose");
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    // It would go on when the simulation is broken off.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new LockstepProcess(process);
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher found = ADDRESS.matcher(line);
        if (found.find()) {
          address = Optional.of(URI.create(found.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** How its syncs stand; empty as long as it does not answer. */
  Optional<JsonNode> syncs() throws InterruptedException {
    return get("/api/v1/syncs").map(answer -> answer.get("items"));
  }

  /** What its API answers; empty as long as it does not. */
  public Optional<JsonNode> get(String path) throws InterruptedException {
    return ask(path, HttpRequest.newBuilder());
  }

  /** What its API answers to an order; empty as long as it does not. */
  public Optional<JsonNode> post(String path) throws InterruptedException {
    return ask(
        path,
        HttpRequest.newBuilder()
            .header("content-type", "application/json")
            .POST(BodyPublishers.noBody()));
  }

  private Optional<JsonNode> ask(String path, HttpRequest.Builder request)
      throws InterruptedException {
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try {
      HttpRequest whole = request.uri(address.get().resolve(path)).timeout(ANSWERS_WITHIN).build();
      String body = HTTP.send(whole, BodyHandlers.ofString()).body();
      return Optional.ofNullable(JSON.readTree(body));
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Lets it end in peace; false when it does not. */
  public boolean stop() throws InterruptedException {
    process.destroy();
    boolean ended = process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    return ended;
  }
}
