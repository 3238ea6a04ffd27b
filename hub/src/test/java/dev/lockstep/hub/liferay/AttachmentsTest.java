package dev.lockstep.hub.liferay;

import static dev.lockstep.hub.liferay.LiferayServer.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of entries, sent within documents and as forms. */
class AttachmentsTest {
  private static final String DOCUMENTS = "/o/headless-delivery/v1.0";
  private static final String LICENCE =
      """
      {'name': 'Licence', 'label': {'en_US': 'Licence'}, 'pluralLabel': {'en_US': 'Licences'},
       'status': {'code': 0}, 'objectFields': [
         {'name': 'holder', 'businessType': 'Text', 'label': {'en_US': 'Holder'}, 'required': true},
         {'name': 'scan', 'businessType': 'Attachment', 'DBType': 'Long', 'label': {'en_US': 'Scan'},
          'objectFieldSettings': [{'name': 'acceptedFileExtensions', 'value': 'jpeg, pdf'},
            {'name': 'fileSource', 'value': 'userComputer'}, {'name': 'maximumFileSize', 'value': 3}]}]}
      """;

  @TempDir private Path folder;
  private LiferayServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void open() throws Exception {
    server = new LiferayServer(folder);
    server.post(ADMIN + "/object-definitions", LICENCE).is(200);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aFileWithinAnEntryIsKeptAndReadBack() throws Exception {
    var made =
        server
            .post(
                "/o/c/licences",
                "{'holder': 'Eye', 'scan': {'name': 'C:\\\\\\\\tmp\\\\\\\\Zoë 1.pdf', 'fileBase64': 'aGVsbG8='}}")
            .is(200);
    var scan = made.json().path("scan");
    assertThat(scan.path("name").asString()).isEqualTo("Zoë 1.pdf");
    assertThat(scan.path("mimeType").asString()).isEqualTo("application/pdf");
    assertThat(scan.path("link").path("label").asString()).isEqualTo("Zoë 1.pdf");
    assertThat(scan.has("fileBase64")).isFalse();
    HttpResponse<String> content = download(scan.path("link").path("href").asString());
    assertThat(content.statusCode()).isEqualTo(200);
    assertThat(content.body()).isEqualTo("hello");
    assertThat(content.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(content.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename*=UTF-8''Zo%C3%AB%201.pdf");
    assertThat(
            server
                .get("/o/c/licences/" + made.id() + "?nestedFields=scan.fileBase64")
                .is(200)
                .json()
                .path("scan")
                .path("fileBase64")
                .asString())
        .isEqualTo("aGVsbG8=");
  }

  @Test
  void aFileThatWasSentIsReferredToByItsIdOrCode() throws Exception {
    var sent = upload("F-1", "a.pdf", BodyPublishers.ofString("%PDF"), 200);
    long id = sent.id();
    assertThat(sent.json().path("sizeInBytes").longValue()).isEqualTo(4);
    for (String scan : List.of("{'id': " + id + "}", "{'externalReferenceCode': 'F-1'}", "" + id)) {
      var made = server.post("/o/c/licences", "{'holder': 'A', 'scan': " + scan + "}").is(200);
      assertThat(made.json().path("scan").path("id").longValue()).as(scan).isEqualTo(id);
      assertThat(
              server
                  .patch("/o/c/licences/" + made.id(), "{'scan': null}")
                  .is(200)
                  .json()
                  .path("scan")
                  .isNull())
          .isTrue();
    }
    assertThat(upload("F-1", "b.pdf", BodyPublishers.ofString("x"), 409).text("title"))
        .isEqualTo("a file has the external reference code F-1 already");
    assertThat(contents()).as("what was refused is not left").isEqualTo(1);
  }

  @Test
  void aFileGoesOnlyWhenNoEntryRefersToIt() throws Exception {
    long id = upload("F-1", "a.pdf", BodyPublishers.ofString("%PDF"), 200).id();
    long entry =
        server.post("/o/c/licences", "{'holder': 'A', 'scan': {'id': " + id + "}}").is(200).id();
    assertThat(server.delete(DOCUMENTS + "/documents/" + id).is(409).text("detail"))
        .isEqualTo("change or delete that entry first");
    server.delete("/o/c/licences/" + entry).is(204);
    server.delete(DOCUMENTS + "/documents/" + id).is(204);
    server.get(DOCUMENTS + "/documents/" + id).is(404);
    assertThat(contents()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': 'a.exe', 'fileBase64': 'aGVsbG8='} | scan takes no file such as a.exe",
        "{'name': '', 'fileBase64': 'aGVsbG8='} | '' is no name of a file",
        "{'name': 'a.pdf', 'fileBase64': 'aG%Vs'} | scan.fileBase64 is no Base64: Illegal base64 character 25",
        "{'id': 9} | scan refers to a file that is not there",
        "{'externalReferenceCode': 'none'} | scan refers to a file that is not there",
        "{'x': 1} | scan is no file",
        "true | scan is no file",
      })
  void whatIsNoFittingFileIsRefusedAndNotKept(String scan, String title) throws Exception {
    assertThat(
            server
                .post("/o/c/licences", "{'holder': 'A', 'scan': " + scan + "}")
                .is(400)
                .text("title"))
        .isEqualTo(title);
    assertThat(contents()).isZero();
  }

  @Test
  void aFileOfARefusedEntryIsNotKept() throws Exception {
    server.post("/o/c/licences", "{'scan': {'name': 'a.pdf', 'fileBase64': 'aGVsbG8='}}").is(400);
    assertThat(contents()).isZero();
  }

  @Test
  void aFileTooLongForItsFieldIsRefused() throws Exception {
    byte[] long4 = new byte[4 << 20];
    long id = upload("F-1", "a.pdf", BodyPublishers.ofByteArray(long4), 200).id();
    assertThat(
            server
                .post("/o/c/licences", "{'holder': 'A', 'scan': {'id': " + id + "}}")
                .is(400)
                .text("title"))
        .isEqualTo("scan takes no file of more than 3145728 bytes");
  }

  /** Longer than what this process may hold: 300 MB here, 2 GB with the property. */
  @Test
  void aLargeFileIsStreamedBothWays() throws Exception {
    long bytes = Long.getLong("lockstep.test.file.megabytes", 300) << 20;
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    InputStream content = new DigestInputStream(new Zeros(bytes), sent);
    var answer = upload("BIG", "big.pdf", BodyPublishers.ofInputStream(() -> content), 200);
    assertThat(answer.json().path("sizeInBytes").longValue()).isEqualTo(bytes);
    MessageDigest got = MessageDigest.getInstance("SHA-256");
    HttpResponse<InputStream> back =
        client.send(
            HttpRequest.newBuilder(server.uri(answer.text("contentUrl"))).build(),
            BodyHandlers.ofInputStream());
    try (InputStream in = new DigestInputStream(back.body(), got)) {
      assertThat(in.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(bytes);
    }
    assertThat(got.digest()).isEqualTo(sent.digest());
  }

  @Test
  void whatAKilledProcessLeftIsSweptAway() throws Exception {
    String kept = upload("F-1", "a.pdf", BodyPublishers.ofString("%PDF"), 200).text("contentUrl");
    server.close();
    Path half = Files.writeString(folder.resolve("files/incoming/half"), "hal");
    Path unknown = Files.createDirectories(folder.resolve("files/ab")).resolve("ab-0");
    Files.writeString(unknown, "whole, but its note was not written");
    server = new LiferayServer(folder);
    assertThat(half).doesNotExist();
    assertThat(unknown).doesNotExist();
    assertThat(download(kept).body()).isEqualTo("%PDF");
  }

  @Test
  void aFormWithoutAFileOrWithHalfOfOneIsRefused() throws Exception {
    assertThat(
            form("--b\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\n{}\r\n--b--\r\n"))
        .contains("The form has no file");
    assertThat(
            form(
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\nhal"))
        .contains("The form cannot be read");
    assertThat(form("nothing of the kind")).contains("BAD_REQUEST");
    assertThat(contents()).isZero();
  }

  private String form(String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(server.uri(DOCUMENTS + "/sites/main/documents"))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return answer.body();
  }

  private LiferayServer.Answered upload(String code, String name, BodyPublisher content, int status)
      throws Exception {
    String before =
        "--b\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\n{\"externalReferenceCode\":\""
            + code
            + "\"}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(DOCUMENTS + "/sites/main/documents"))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(before),
                    content,
                    BodyPublishers.ofString("\r\n--b--\r\n")))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return new LiferayServer.Answered(answer.statusCode(), answer.body()).is(status);
  }

  private HttpResponse<String> download(String path) throws Exception {
    URI address = server.uri(path);
    return client.send(
        HttpRequest.newBuilder(address).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** How many contents lie in the folder. */
  private long contents() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("files"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** So many bytes of 0. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] some, int from, int length) {
      int given = (int) Math.min(length, left);
      java.util.Arrays.fill(some, from, from + given, (byte) 0);
      left -= given;
      return given == 0 && length > 0 ? -1 : given;
    }
  }
}
