package dev.lockstep.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tasks of the batch engine, as a client of Liferay's sends them and waits for them. */
final class BatchTask {
  private static final String ENGINE = "/o/headless-batch-engine/v1.0/";
  private static final String ENTRY = "com.liferay.object.rest.dto.v1_0.ObjectEntry";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  BatchTask(URI address) {
    this.address = address;
  }

  /** Seconds from sending a content to its task's end, all of it imported. */
  double imported(String object, String type, Path content, int rows) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            address.resolve(ENGINE + "import-task/" + ENTRY + "?taskItemDelegateName=C_" + object));
    long start = System.nanoTime();
    String body;
    if (type.equals("application/zip")) {
      String boundary = "batch-boundary";
      body =
          text(
              request
                  .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                  .POST(
                      BodyPublishers.concat(
                          BodyPublishers.ofString(
                              "--"
                                  + boundary
                                  + "\r\nContent-Disposition: form-data; name=\"file\";"
                                  + " filename=\"content.zip\"\r\n"
                                  + "Content-Type: application/zip\r\n\r\n"),
                          BodyPublishers.ofFile(content),
                          BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"))));
    } else {
      body = text(request.header("Content-Type", type).POST(BodyPublishers.ofFile(content)));
    }
    return done("import-task/", body, start, rows);
  }

  /** Seconds from asking for an export to its end, and its content read. */
  double exported(String object, String type, int rows, Path to) throws Exception {
    long start = System.nanoTime();
    String body =
        text(
            HttpRequest.newBuilder(
                    address.resolve(
                        ENGINE
                            + "export-task/"
                            + ENTRY
                            + "/"
                            + type
                            + "?taskItemDelegateName=C_"
                            + object
                            + "&fieldNames="
                            + AccountObject.FIELDS))
                .POST(BodyPublishers.noBody()));
    double seconds = done("export-task/", body, start, rows);
    client.send(
        HttpRequest.newBuilder(
                address.resolve(ENGINE + "export-task/" + number(body, "id") + "/content"))
            .build(),
        BodyHandlers.ofFile(to));
    return seconds;
  }

  private double done(String kind, String accepted, long start, int rows) throws Exception {
    long id = number(accepted, "id");
    long told = start;
    while (true) {
      String task = text(HttpRequest.newBuilder(address.resolve(ENGINE + kind + id)));
      if (task.contains("\"COMPLETED\"")) {
        if (number(task, "processedItemsCount") != rows
            || !task.contains("\"failedItemsCount\":0")) {
          throw new IOException("not all of " + rows + " in " + task);
        }
        return (System.nanoTime() - start) / 1e9;
      }
      if (task.contains("\"FAILED\"")) {
        throw new IOException(task);
      }
      if (System.nanoTime() - told > BETWEEN_WORDS.toNanos()) {
        told = System.nanoTime();
        System.err.printf("%s %d: %d of %d%n", kind, id, number(task, "processedItemsCount"), rows);
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private static long number(String json, String name) throws IOException {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*([0-9]+)").matcher(json);
    if (!found.find()) {
      throw new IOException("no " + name + " in " + json);
    }
    return Long.parseLong(found.group(1));
  }

  private String text(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
