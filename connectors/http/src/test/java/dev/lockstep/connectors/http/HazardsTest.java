package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.faults.Reply;
import dev.lockstep.testkit.faults.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data and answers that a careless reader or writer falls for. */
class HazardsTest {
  private static final String LIST = "list: {get: /things}\nupsert: {put: '/things/{id}'}\n";

  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private Rig rig;

  @BeforeEach
  void startApi() throws IOException {
    rig = new Rig();
  }

  @AfterEach
  void stopApi() throws IOException {
    rig.close();
  }

  private void answer(String body) {
    rig.target.gate(seen -> Optional.of(Reply.json(200, body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":\"b\",\"id\":\"c\"} | Duplicate",
        "{\"id\":\"b\",\"x\":{\"y\":1,\"y\":2}} | Duplicate",
        "{\"id\":\"b\",\"x\":01} | not valid JSON",
        "{\"id\":\"b\",\"x\":NaN} | not valid JSON",
        "{\"id\":\"b\",\"x\":tru} | not valid JSON",
        "{\"id\":\"b\",\"x\":'1'} | not valid JSON",
        "{\"id\":\"b\" \"x\":1} | not valid JSON",
        "{\"id\":\"b\",\"x\":\"\\q\"} | not valid JSON",
        "{\"id\":null} | key field 'id' is empty",
        "{\"name\":\"no key\"} | key field 'id' is empty",
        "[1,2] | no JSON object",
        "17 | no JSON object",
        "null | no JSON object",
      })
  void oneBadRecordIsSetAsideAndTheOthersGoOn(String record, String fault)
      throws InterruptedException {
    answer("[{\"id\":\"a\"}, " + record + " ,{\"id\":\"z\"}]");
    List<Page> pages = Rig.pages(rig.connect(LIST));
    assertThat(Rig.ids(pages)).containsExactly("a", "z");
    Unreadable unreadable = pages.getFirst().unreadable().getFirst();
    assertThat(unreadable.place()).isEqualTo("shop.things, first page, record 2");
    assertThat(unreadable.fault()).contains(fault);
    assertThat(unreadable.remedy()).isNotBlank();
    assertThat(unreadable.raw()).isEqualTo(record);
  }

  @Test
  void bytesThatAreNoUtf8AreOneRecordsFault() throws InterruptedException {
    byte[] body =
        "[{\"id\":\"a\"},{\"id\":\"bXc\"},{\"id\":\"z\"}]".getBytes(StandardCharsets.UTF_8);
    body[21] = (byte) 0xff;
    rig.target.gate(
        seen -> Optional.of(new Reply(200, Map.of("Content-Type", "application/json"), body)));
    List<Page> pages = Rig.pages(rig.connect(LIST));
    assertThat(Rig.ids(pages)).containsExactly("a", "z");
    assertThat(pages.getFirst().unreadable()).hasSize(1);
  }

  @Test
  void deepJsonIsOneRecordsFault() throws InterruptedException {
    answer(
        "[{\"id\":\"a\"},{\"id\":\"b\",\"x\":"
            + "[".repeat(100_000)
            + "]".repeat(100_000)
            + "},{\"id\":\"z\"}]");
    List<Page> pages = Rig.pages(rig.connect(LIST));
    assertThat(Rig.ids(pages)).containsExactly("a", "z");
    assertThat(pages.getFirst().unreadable())
        .singleElement()
        .extracting(Unreadable::fault)
        .asString()
        .contains("beyond bounds");
    assertThat(pages.getFirst().unreadable().getFirst().raw()).hasSize(64 * 1024);
  }

  @Test
  void aFieldOf100MegabytesIsSetAsideInBoundedMemory() throws InterruptedException, IOException {
    try (Endless server =
        new Endless(out -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[{\"id\":\"a\"},{\"id\":\"b\",\"x\":\""
                  .getBytes(StandardCharsets.US_ASCII));
          byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
          for (int i = 0; i < 100; i++) {
            out.write(megabyte);
          }
          out.write("\"},{\"id\":\"z\"}]".getBytes(StandardCharsets.US_ASCII));
        })) {
      List<Page> pages = Rig.pages(rig.connect(server.url(), "maxRecord: 1MiB", LIST));
      assertThat(Rig.ids(pages)).containsExactly("a", "z");
      assertThat(pages.getFirst().unreadable())
          .singleElement()
          .extracting(Unreadable::fault)
          .asString()
          .contains("larger than 1048576 bytes");
    }
  }

  @Test
  void anInterruptEndsAReadInTheMiddleOfAnAnswer() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Endless server =
        new Endless(out -> {
          out.write(HEAD);
          out.write("[{\"id\":\"a\"},".getBytes(StandardCharsets.US_ASCII));
          begun.countDown();
          awaitEnd(ended);
        })) {
      Connection connection = rig.connect(server.url(), "", LIST);
      FutureTask<List<Page>> task = new FutureTask<>(() -> Rig.pages(connection));
      Thread thread = Thread.ofVirtual().start(task);
      begun.await();
      thread.interrupt();
      assertThatThrownBy(() -> task.get(Await.LONGEST.toSeconds(), TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
      ended.countDown();
    }
  }

  private static void awaitEnd(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"a\"},", " ", "["})
  void anEndlessAnswerIsNotReadForEver(String again) throws IOException {
    try (Endless server =
        new Endless(out -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n["
                  .getBytes(StandardCharsets.US_ASCII));
          byte[] bytes = again.repeat(1000).getBytes(StandardCharsets.US_ASCII);
          while (true) {
            out.write(bytes);
          }
        })) {
      Connection connection = rig.connect(server.url(), "maxResponse: 4MiB\nmaxRecord: 1MiB", LIST);
      assertThat(Rig.failure(() -> Rig.pages(connection)).message())
          .contains("larger than maxResponse");
    }
  }

  @Test
  void aCompressedAnswerIsBoundedByWhatItUnpacksTo() {
    byte[] packed = gzip("[\"" + "x".repeat(8 << 20) + "\"]");
    assertThat(packed).hasSizeLessThan(100_000);
    rig.target.gate(seen ->
        Optional.of(
            new Reply(
                200,
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                packed)));
    Connection connection = rig.connect(rig.target.url(), "maxResponse: 4MiB", LIST);
    assertThat(Rig.failure(() -> Rig.pages(connection)).message())
        .contains("larger than maxResponse");
  }

  @Test
  void readsACompressedAnswer() throws InterruptedException {
    byte[] packed = gzip("[{\"id\":\"ä\"}]");
    rig.target.gate(seen ->
        Optional.of(
            new Reply(
                200,
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                packed)));
    assertThat(Rig.ids(Rig.pages(rig.connect(LIST)))).containsExactly("ä");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16", "windows-1252", "utf-8"})
  void readsTheCharsetThatTheAnswerNames(String charset) throws InterruptedException {
    byte[] body = "[{\"id\":\"Größe\"}]".getBytes(Charset.forName(charset));
    rig.target.gate(seen ->
        Optional.of(
            new Reply(200, Map.of("Content-Type", "application/json; charset=" + charset), body)));
    assertThat(Rig.ids(Rig.pages(rig.connect(LIST)))).containsExactly("Größe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/html | <html>Please log in</html> | instead of JSON",
        "application/xml | <a/> | instead of JSON",
        "application/json | <html>Please log in</html> | not JSON",
        "text/plain | Service is fine | not JSON",
        "application/json |  | not JSON",
        "application/json | [{\"id\":\"a\"}] and more | not JSON",
        "application/json | [{\"id\":\"a\"},] | not JSON",
        "application/json | [{\"id\":\"a\"} {\"id\":\"b\"}] | not JSON",
        "application/json; charset=klingon | [] | charset",
      })
  void anAnswerThatIsNoListIsRefusedInWords(String type, String body, String said) {
    rig.target.gate(seen ->
        Optional.of(
            new Reply(
                200,
                Map.of("Content-Type", type),
                body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8))));
    Failure failure = Rig.failure(() -> Rig.pages(rig.connect(LIST)));
    assertThat(failure).isInstanceOf(Failure.Misconfigured.class);
    assertThat(failure.message()).contains("datasets.things.list", said);
  }

  @Test
  void numbersKeepEveryDigit() throws InterruptedException {
    answer(
        "[{\"id\":\"a\",\"n\":12345678901234567890123.4567890,\"big\":99999999999999999999,\"max\":9223372036854775807,\"x\":{\"y\":1.10}}]");
    Row row = Rig.pages(rig.connect(LIST)).getFirst().rows().getFirst();
    assertThat(row.get("n")).isEqualTo(new BigDecimal("12345678901234567890123.4567890"));
    assertThat(row.get("big")).isEqualTo(new BigDecimal("99999999999999999999"));
    assertThat(row.get("max")).isEqualTo(Long.MAX_VALUE);
    assertThat(row.get("x")).isEqualTo(new JsonText("{\"y\":1.10}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int | 1.5",
        "int | 9223372036854775808",
        "int | \"x\"",
        "int | true",
        "float | 1e999",
        "decimal | \"1,5\"",
        "bool | 1",
        "bytes | \"%\"",
        "date | \"0000-00-00\"",
        "date | \"2026-02-30\"",
        "timestamp | \"2026-01-01\"",
        "time | \"25:00\"",
        "datetime | 7",
        "text | {}",
        "list(int) | [1,\"x\"]",
        "list(int) | {}",
      })
  void aValueOfAnotherTypeIsItsRecordsFault(String type, String value) throws InterruptedException {
    answer("[{\"id\":\"a\",\"v\":" + value + "},{\"id\":\"z\"}]");
    List<Page> pages = Rig.pages(rig.connect("fields: {id: text, v: " + type + "}\n" + LIST));
    assertThat(Rig.ids(pages)).containsExactly("z");
    assertThat(pages.getFirst().unreadable())
        .singleElement()
        .extracting(Unreadable::fault)
        .asString()
        .startsWith("field 'v': ");
  }

  @Test
  void recordsWithEverNewNamesStayBounded() throws InterruptedException {
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < 400; i++) {
      body.append(i == 0 ? "" : ",").append("{\"id\":\"k").append(i).append('"');
      for (int j = 0; j < 10; j++) {
        body.append(",\"f").append(i).append('_').append(j).append("\":1");
      }
      body.append('}');
    }
    answer(body.append(']').toString());
    List<Page> pages = Rig.pages(rig.connect(LIST));
    assertThat(Rig.ids(pages)).hasSize(400).doesNotHaveDuplicates();
    assertThat(pages)
        .allSatisfy(page -> assertThat(page.rows().getFirst().schema().size()).isLessThan(600));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a/b | a%2Fb", "a b | a%20b", "a+b | a%2Bb", "100% | 100%25", "%2F | %252F",
            "Größe | Gr%C3%B6%C3%9Fe",
        "日本 | %E6%97%A5%E6%9C%AC", "😀 | %F0%9F%98%80", "a?b#c | a%3Fb%23c", "a;b=c | a%3Bb%3Dc",
            "a&b | a%26b", "... | ...",
        "a..b | a..b", "{id} | %7Bid%7D", "a\\b | a%5Cb", "'\" | %27%22",
      })
  void aKeyStaysInItsSegmentOfThePath(String key, String encoded) throws InterruptedException {
    Connection connection =
        rig.connect(LIST + "get: '/things/{id}'\ndelete: {delete: '/things/{id}'}\n");
    assertThat(rig.writeOne(connection, Rig.upsert(key, "n"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.target.seen().getLast().path()).isEqualTo("/things/" + encoded);
    assertThat(rig.target.collection("things").contents()).containsOnlyKeys(key);
    var found =
        connection
            .lookup()
            .orElseThrow()
            .find(Rig.THINGS, List.of(dev.lockstep.connector.Key.of(key)));
    assertThat(found).containsOnlyKeys(dev.lockstep.connector.Key.of(key));
    assertThat(rig.writeOne(connection, Rig.delete(key))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.target.collection("things").contents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "\ud800"})
  void aKeyThatNoPathCanHoldIsRejectedAndNothingIsSent(String key) throws InterruptedException {
    Connection connection = rig.connect(LIST + "delete: {delete: '/things/{id}'}\n");
    assertThat(rig.writeOne(connection, Rig.upsert(key, "n"))).isInstanceOf(Outcome.Rejected.class);
    assertThat(rig.writeOne(connection, Rig.delete(key))).isInstanceOf(Outcome.Rejected.class);
    assertThat(rig.target.seen()).isEmpty();
  }

  @Test
  void aValueThatJsonCannotHoldIsRejected() throws InterruptedException {
    Connection connection = rig.connect(LIST);
    assertThat(rig.writeOne(connection, Rig.upsert("k", "\ud800")))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(rig.target.seen()).isEmpty();
  }

  @Test
  void aRecordLargerThanAllowedIsNotSent() throws InterruptedException {
    Connection connection = rig.connect(rig.target.url(), "maxRecord: 1KiB", LIST);
    assertThat(rig.writeOne(connection, Rig.upsert("k", "x".repeat(2000))))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(rig.writeOne(connection, Rig.upsert("k", "x"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.target.seen()).extracting(Seen::path).containsExactly("/things/k");
  }

  @Test
  void wrapsTheRecordAndLeavesFieldsOut() throws InterruptedException {
    Connection connection =
        rig.connect("upsert: {put: '/things/{id}', wrap: data.attributes, omit: id}");
    rig.writeOne(connection, Rig.upsert("k", "n"));
    assertThat(rig.target.seen().getLast().body())
        .isEqualTo("{\"data\":{\"attributes\":{\"name\":\"n\"}}}");
  }

  /** Answers each request by whatever it is told to write. */
  private static final class Endless implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    interface Answer {
      void write(OutputStream out) throws IOException;
    }

    Endless(Answer answer) throws IOException {
      Thread.ofVirtual()
          .start(() -> {
            while (!socket.isClosed()) {
              serve(answer);
            }
          });
    }

    private void serve(Answer answer) {
      try (Socket client = socket.accept()) {
        client.getInputStream().read(new byte[4096]);
        answer.write(client.getOutputStream());
      } catch (IOException clientHadEnough) {
        return;
      }
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
