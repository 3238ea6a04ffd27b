package dev.lockstep.hub.liferay;

import static dev.lockstep.hub.liferay.LiferayServer.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that are made only of the version that was read. */
class ConditionalWritesTest {
  private static final String NOTE = "/o/c/notes/by-external-reference-code/n";

  @TempDir Path folder;
  private LiferayServer server;

  @BeforeEach
  void open() throws Exception {
    server = new LiferayServer(folder);
    server
        .post(
            ADMIN + "/object-definitions",
            "{'name': 'Note', 'label': {'en_US': 'Note'}, 'pluralLabel': {'en_US': 'Notes'},"
                + " 'status': {'code': 0}, 'objectFields': [{'name': 'text',"
                + " 'businessType': 'Text', 'label': {'en_US': 'Text'}}]}")
        .is(200);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> send(String method, String header, String value, String text)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(NOTE))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString("{\"text\": \"" + text + "\"}"));
    if (!header.isEmpty()) {
      request.header(header, value);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  @Test
  void aWriteOfAnotherVersionIsRefusedAndChangesNothing() throws Exception {
    HttpResponse<String> made = send("PUT", "If-None-Match", "*", "one");
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(send("PUT", "If-None-Match", "*", "two").statusCode()).isEqualTo(412);
    String first = made.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> changed = send("PATCH", "If-Match", first, "three");
    assertThat(changed.statusCode()).isEqualTo(200);
    String second = changed.headers().firstValue("ETag").orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(send("PATCH", "If-Match", first, "four").statusCode()).isEqualTo(412);
    assertThat(send("PUT", "If-Match", first, "five").statusCode()).isEqualTo(412);
    assertThat(send("DELETE", "If-Match", first, "").statusCode()).isEqualTo(412);
    assertThat(server.get(NOTE).is(200).text("text")).isEqualTo("three");
    assertThat(send("DELETE", "If-Match", second, "").statusCode()).isEqualTo(204);
    assertThat(server.get(NOTE).status()).isEqualTo(404);
  }
}
