package dev.lockstep.hub.rest;

import static dev.lockstep.hub.rest.HubServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What a caller can get wrong: the answer's status, the field it names, and that nothing is kept.
 */
class BadRequestsTest {
  @TempDir static Path folder;
  private static HubServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new HubServer(folder);
    server.send(
        "PUT",
        "/distributors/by-external-reference-code/there",
        "{\"businessName\": \"There\", \"email\": \"there@x\"}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private void isProblem(HttpResponse<String> response, int status, String told) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("title").stringValue()).isNotBlank();
    assertThat(problem.get("detail").stringValue()).contains(told);
  }

  private void nothingIsKept() throws Exception {
    assertThat(json(server.send("GET", "/distributors", "")).get("items")).hasSize(1);
    assertThat(json(server.send("GET", "/things", "")).get("items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | /distributors | {\"businessName\": null} | businessName | required",
        "POST | /distributors | {\"email\": \"x\"} | businessName | required",
        "POST | /distributors | {\"businessName\": \"A\", \"emial\": \"x\"} | emial | unknownField",
        "POST | /distributors | {\"businessName\": 7} | businessName | type",
        "POST | /distributors | {\"businessName\": {\"a\": 1}} | businessName | type",
        "POST | /distributors | {\"businessName\": [\"A\"]} | businessName | type",
        "POST | /distributors | {\"businessName\": \"A\\u0000B\"} | businessName | type",
        "POST | /distributors | {\"businessName\": \"A\\ud83d\"} | businessName | type",
        "POST | /distributors | {\"businessName\": \"A\", \"status\": \"Open\"} | status | oneOf",
        "POST | /distributors | {\"businessName\": \"A\", \"creditLimit\": 1.234} | creditLimit | range",
        "POST | /distributors | {\"businessName\": \"A\", \"creditLimit\": 12345678901} | creditLimit | range",
        "POST | /distributors | {\"businessName\": \"A\", \"creditLimit\": 1e400} | creditLimit | range",
        "POST | /distributors | {\"businessName\": \"A\", \"creditLimit\": 1e999999999} | creditLimit | range",
        "POST | /distributors | {\"businessName\": \"A\", \"creditLimit\": true} | creditLimit | type",
        "POST | /distributors | {\"businessName\": \"A\", \"creditLimit\": \"1,5\"} | creditLimit | type",
        "POST | /distributors | {\"externalReferenceCode\": \" \", \"businessName\": \"A\"} | externalReferenceCode | code",
        "POST | /distributors | {\"externalReferenceCode\": \"a\\nb\", \"businessName\": \"A\"} | externalReferenceCode | code",
        "PUT | /distributors/by-external-reference-code/a | {\"externalReferenceCode\": \"b\", \"businessName\": \"A\"} | externalReferenceCode | code",
        "POST | /things | {\"bool\": \"true\"} | bool | type",
        "POST | /things | {\"bool\": 1} | bool | type",
        "POST | /things | {\"int\": 1.5} | int | type",
        "POST | /things | {\"int\": \"1\"} | int | type",
        "POST | /things | {\"int\": 9223372036854775808} | int | type",
        "POST | /things | {\"float\": 1e999} | float | range",
        "POST | /things | {\"short\": \"abcd\"} | short | length",
        "POST | /things | {\"bytes\": \"not base64!\"} | bytes | type",
        "POST | /things | {\"date\": \"0000-00-00\"} | date | type",
        "POST | /things | {\"date\": \"2026-02-29\"} | date | type",
        "POST | /things | {\"date\": \"31.01.2026\"} | date | type",
        "POST | /things | {\"date\": \"+10000-01-01\"} | date | range",
        "POST | /things | {\"time\": \"25:00\"} | time | type",
        "POST | /things | {\"datetime\": \"2026-01-31\"} | datetime | type",
        "POST | /things | {\"datetime\": \"2026-01-31T10:00:00Z\"} | datetime | type",
        "POST | /things | {\"timestamp\": \"2026-01-31T10:00:00\"} | timestamp | type",
        "POST | /things | {\"timestamp\": 1769853600} | timestamp | type",
      })
  void namesTheFieldAtFault(String method, String path, String body, String field, String rule)
      throws Exception {
    HttpResponse<String> response = server.send(method, path, body);
    isProblem(response, 422, field);
    JsonNode problem = json(response).get("problems").get(0);
    assertThat(problem.get("field").stringValue()).isEqualTo(field);
    assertThat(problem.get("rule").stringValue()).isEqualTo(rule);
    assertThat(problem.get("message").stringValue()).isNotBlank();
    assertThat(problem.get("remedy").stringValue()).isNotBlank();
    nothingIsKept();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | POST | /distributors | {\"businessName\": \"A\" | malformed JSON at line 1",
        "400 | POST | /distributors | {businessName: 1} | malformed JSON",
        "400 | POST | /distributors | {\"businessName\": \"A\"} {} | something follows",
        "400 | POST | /distributors | {\"businessName\": \"A\", \"businessName\": \"B\"} | Duplicate",
        "400 | POST | /distributors | [{\"businessName\": \"A\"}] | the body is not an object",
        "400 | POST | /distributors | \"A\" | the body is not an object",
        "400 | POST | /distributors | NaN | malformed JSON",
        "400 | POST | /distributors/batch | {\"businessName\": \"A\"} | not a list of objects",
        "400 | POST | /distributors/batch | [1] | not a list of objects",
        "400 | GET | /distributors?limit=0 | `` | limit is 0",
        "400 | GET | /distributors?limit=501 | `` | send 1 to 500",
        "400 | GET | /distributors?limit=-1 | `` | limit is '-1'",
        "400 | GET | /distributors?after=abc | `` | send 'next' of the page before",
        "400 | GET | /distributors?statuss=open | `` | write 'status'",
        "400 | GET | /distributors?creditLimit=much | `` | creditLimit is the text 'much'",
        "400 | GET | /distributors?status=open&status=verified | `` | stands twice",
        "404 | GET | /distributers | `` | write 'distributors'",
        "404 | POST | /nothing | {\"a\": 1} | there is no object 'nothing'",
        "404 | GET | /distributors/77 | `` | there is no entry with id 77",
        "404 | GET | /distributors/there | `` | by-external-reference-code/",
        "404 | GET | /distributors/by-external-reference-code/gone | `` | 'gone'",
        "404 | PATCH | /distributors/by-external-reference-code/gone | {\"email\": \"x\"} | 'gone'",
        "404 | DELETE | /distributors/99 | `` | id 99",
        "404 | GET | /distributors/1/2/3 | `` | there is nothing at",
        "405 | DELETE | /distributors | `` | use GET, POST",
        "405 | POST | /distributors/1 | {} | use GET, PUT, PATCH, DELETE",
        "405 | GET | /distributors/batch | `` | use POST, PUT, PATCH, DELETE",
        "405 | POST | / | {} | use GET",
        "409 | POST | /distributors | {\"externalReferenceCode\": \"there\", \"businessName\": \"A\"} | is taken",
        "409 | POST | /distributors | {\"businessName\": \"A\", \"email\": \"there@x\"} | must be unique",
        "422 | PUT | /distributors/batch | [{\"externalReferenceCode\": \"there\"}] | businessName is required",
        "422 | DELETE | /distributors/batch | [{}] | neither externalReferenceCode nor id",
      })
  void answersWithTheStatusThatFits(
      int status, String method, String path, String body, String told) throws Exception {
    isProblem(server.send(method, path, body), status, told);
    nothingIsKept();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "415 | Content-Type  | text/plain",
        "415 | Content-Type  | application/xml",
        "415 | Content-Type  | application/json; charset=ISO-8859-1",
        "412 | If-Match      | \"7\"",
        "412 | If-Match      | W/\"1\"",
        "412 | If-Match      | nonsense",
        "412 | If-None-Match | *",
        "400 | If-None-Match | \"1\"",
        "400 | If-Match      | \"1\", \"2\"",
      })
  void refusesWhatAHeaderDemands(int status, String header, String value) throws Exception {
    String path = "/distributors/by-external-reference-code/there";
    String before = server.send("GET", path, "").body();

    HttpResponse<String> response =
        server.send("PUT", path, "{\"businessName\": \"Other\"}", header, value);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(server.send("GET", path, "").body()).isEqualTo(before);
  }

  @Test
  void refusesABodyBeyondItsBound() throws Exception {
    String body = "{\"businessName\": \"" + "x".repeat(150_000) + "\"}";
    isProblem(server.send("POST", "/distributors", body), 413, "longer than 100000 bytes");
    String batch = "[" + "{\"businessName\": \"A\"},".repeat(10_000) + "{\"businessName\": \"A\"}]";
    isProblem(server.send("POST", "/distributors/batch", batch), 413, "more than 10000 entries");
    nothingIsKept();
  }

  @Test
  void refusesABodyThatNeverSaysHowLongItIs() throws Exception {
    String start = "{\"businessName\": \"";
    StringBuilder request =
        new StringBuilder(
            "POST /api/hub/v1/distributors HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    request.append(Integer.toHexString(start.length())).append("\r\n").append(start).append("\r\n");
    for (int i = 0; i < 10; i++) {
      request.append("4000\r\n").append("x".repeat(0x4000)).append("\r\n");
    }
    assertThat(raw(request.toString())).startsWith("HTTP/1.1 413").contains("longer than 100000");
    nothingIsKept();
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws Exception {
    String body = "{\"businessName\": \"A\u00e9B\"}";
    String request =
        "POST /api/hub/v1/distributors HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    assertThat(raw(request)).startsWith("HTTP/1.1 400").contains("malformed JSON");
    nothingIsKept();
  }

  @Test
  void refusesABodyThatIsWronglyFramed() throws Exception {
    String request =
        "POST /api/hub/v1/distributors HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\n{\"business";
    assertThat(raw(request)).startsWith("HTTP/1.1 400");
    nothingIsKept();
  }

  @Test
  void refusesDepthWithoutEnd() throws Exception {
    String body = "{\"json\": " + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    isProblem(server.send("POST", "/things", body), 400, "malformed JSON");
    nothingIsKept();
  }

  /** Sends bytes as they are, one a character, and reads until the server closes. */
  private String raw(String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        socket.shutdownOutput();
      } catch (java.net.SocketException closed) {
        // The server may answer and close before it has read everything.
        assertThat(closed).isNotNull();
      }
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      for (int read = in.read(); read >= 0; read = in.read()) {
        answer.write(read);
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
