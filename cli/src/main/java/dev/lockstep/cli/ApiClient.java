package dev.lockstep.cli;

import dev.lockstep.connector.Secret;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls the API of a server. Throws {@link Failed} with what the server says. */
final class ApiClient implements AutoCloseable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          // The server is on this machine: a proxy knows nothing of it.
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final URI address;
  private final Optional<Secret> token;

  ApiClient(URI address, Optional<Secret> token) {
    this.address = address;
    this.token = token;
  }

  ObjectNode get(String path) throws InterruptedException {
    return whole(request(path).GET().build());
  }

  ObjectNode post(String path) throws InterruptedException {
    return whole(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** Writes an answer into a file. */
  void fetch(String path, Path file) throws InterruptedException {
    try (InputStream in = send(request(path).GET().build()).body()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Posts the content of an archive. */
  ObjectNode send(String path, Path archive) throws InterruptedException {
    try {
      return whole(
          request(path)
              .header("Content-Type", "application/zip")
              .POST(HttpRequest.BodyPublishers.ofFile(archive))
              .build());
    } catch (FileNotFoundException gone) {
      throw new Failed(archive + " cannot be read: " + gone.getMessage());
    }
  }

  /**
   * Reads documents as they come.
   *
   * @param each the name of those that are passed on
   * @param last the name of the one that is returned
   */
  ObjectNode stream(
      String path, ObjectNode body, String each, Consumer<ObjectNode> told, String last)
      throws InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .header("Accept", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
            .build();
    try (InputStream in = send(request).body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ObjectNode document = document(line.getBytes(StandardCharsets.UTF_8));
        if (document.get(each) instanceof ObjectNode found) {
          told.accept(found);
        } else if (document.get(last) instanceof ObjectNode found) {
          return found;
        } else {
          throw failed(document.path("problem"));
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
    throw new Failed(
        "the server at " + address + " ended its answer early; see its log, then lockstep status");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/api/v1" + path));
    token.ifPresent(it -> request.header("Authorization", "Bearer " + it.reveal()));
    return request;
  }

  private ObjectNode whole(HttpRequest request) throws InterruptedException {
    try (InputStream in = send(request).body()) {
      return document(in.readAllBytes());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws InterruptedException, IOException {
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 == 2) {
      return response;
    }
    try (InputStream in = response.body()) {
      throw failed(document(in.readAllBytes()));
    }
  }

  private ObjectNode document(byte[] bytes) {
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode document) {
        return document;
      }
    } catch (JacksonException notJson) {
      // Told below: what answers is something else than a Lockstep of this version.
    }
    throw new Failed(
        "what answers at " + address + " is no Lockstep of this version; stop it, and start again");
  }

  private static Failed failed(JsonNode problem) {
    String remedy = problem.path("remedy").stringValue("");
    String fault = problem.path("detail").stringValue("the server refused without a reason");
    return new Failed(remedy.isEmpty() ? fault : fault + "; " + remedy);
  }

  private Failed broken(IOException e) {
    return new Failed(
        "the server at "
            + address
            + " does not answer ("
            + e
            + "); see its log, or stop it and start again with lockstep up");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
