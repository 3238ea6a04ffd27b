package dev.lockstep.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTargetTest {
  @TempDir Path folder;

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void keepsItsRecordsInItsFile() throws IOException, InterruptedException {
    Path file = folder.resolve("records.jsonl");
    try (RestTarget target = RestTarget.start(0, file)) {
      send(target, "PUT", "/accounts/a", "{\"id\":\"a\",\"n\":1.50}");
      send(target, "PUT", "/accounts/b", "{\"id\":\"b\"}");
      send(target, "DELETE", "/accounts/b", "");
      send(target, "POST", "/events", "{\"n\":1}");
    }
    // What a kill in the middle of a write leaves behind.
    Files.writeString(file, "{\"collection\":\"acc", StandardOpenOption.APPEND);
    try (RestTarget target = RestTarget.start(0, file)) {
      assertThat(target.collection("accounts").contents())
          .hasSize(1)
          .containsEntry("a", "{\"id\":\"a\",\"n\":1.50}");
      assertThat(target.collection("events").contents()).hasSize(1);
      send(target, "PUT", "/accounts/c", "{\"id\":\"c\"}");
      send(target, "POST", "/events", "{\"n\":2}");
    }
    try (RestTarget target = RestTarget.start(0, file)) {
      assertThat(target.collection("accounts").contents()).containsOnlyKeys("a", "c");
      assertThat(target.collection("events").contents()).hasSize(2);
    }
  }

  @Test
  void remembersTheOrderOfWritesToEachRecord() throws IOException, InterruptedException {
    try (RestTarget target = RestTarget.start()) {
      send(target, "PUT", "/accounts/a", "{\"v\":1}");
      send(target, "PUT", "/accounts/a", "{\"v\":2}");
      send(target, "DELETE", "/accounts/a", "");
      assertThat(target.collection("accounts").history("a"))
          .containsExactly("{\"v\":1}", "{\"v\":2}", "deleted");
      assertThat(target.collection("accounts").writes()).isEqualTo(3);
    }
  }

  private void send(RestTarget target, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    assertThat(status).isBetween(200, 299);
  }
}
