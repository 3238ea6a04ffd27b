package dev.lockstep.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.module.Served.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request is told in the words of the version, with what to send instead. */
class BadModuleRequestsTest {
  @TempDir private static Path folder;
  private static Served served;

  @BeforeAll
  static void open() throws Exception {
    served = Served.open(folder, Sales.BOTH);
    served
        .send(
            "PUT",
            "/api/sales/v1/customers/by-external-reference-code/a",
            "{'company':'Acme','name':'A B','email':'e'}")
        .is(201);
  }

  @AfterAll
  static void close() {
    served.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST  | v1/customers      | {}                                      | 422 | company is required
          POST  | v1/customers      | {'compny':'A'}                          | 422 | compny is no field of customers; write 'company'
          POST  | v1/customers      | {'businessName':'A'}                    | 422 | businessName is no field of customers
          POST  | v1/customers      | {'company':'A','status':'new'}          | 422 | status 'new' is not one of its values; send one of open, active, closed
          POST  | v1/customers      | {'company':'A','status':1}              | 422 | status '1' is not one of its values
          POST  | v1/customers      | {'company':'A','name':['x']}            | 422 | name '["x"]' is no text
          POST  | v1/customers      | {'company':'A','kind':'other'}          | 422 | kind is always business; leave it out
          POST  | v1/customers      | {'company':'A','country':'DEU'}         | 422 | country is 3 characters long
          POST  | v1/customers      | {'company':null}                        | 422 | company is required
          POST  | v1/customers      | {'company':'A','email':'e'}             | 409 | email is the same as in entry 'a'
          POST  | v1/customers      | {'externalReferenceCode':'a','company':'A'} | 409 | 'a' is taken
          POST  | v2/accounts       | {'businessName':'A','street':'a, b','town':'c, d'} | 422 | street,town are kept as
          POST  | v2/accounts       | {'businessName':'A','town':'c'}         | 422 | street,town are kept as
          POST  | v2/accounts       | {'businessName':'A','limit':'x'}        | 422 | limit
          POST  | v2/accounts       | {'businessName':'A','limit':1.234}      | 422 | limit has 3 digits after the point
          POST  | v1/customers      | {'company':                             | 400 | malformed JSON at line 1
          POST  | v1/customers      | ['company']                             | 400 | the body is not an object
          PUT   | v1/customers/99   | {'company':'A'}                         | 404 | there is no entry with
          PUT   | v1/customers/x    | {'company':'A'}                         | 404 | 'x' is not an id
          PUT   | v1/customers/by-external-reference-code/a | {'externalReferenceCode':'b','company':'A'} | 422 | externalReferenceCode is 'b' in the body
          PATCH | v1/customers/by-external-reference-code/no | {'company':'A'} | 404 | there is no entry with
          PATCH | v1/customers/by-external-reference-code/a  | {'company':null} | 422 | company is required and was set to null
          PUT   | v1/customers      | {}                                      | 405 | PUT is not possible here; use GET, POST
          DELETE | v1/customers/by-external-reference-code/no |               | 404 | there is no entry with
          GET   | v1/customers/7    |                                         | 404 | there is no entry with
          GET   | v1/accounts       |                                         | 404 | /api/sales/v1 has customers
          GET   | v1/customers?filter=state%20eq%20'new' |                    | 400 | filter, column 1: there is no field 'state'
          GET   | v2/accounts?filter=town%20eq%20'x'     |                    | 400 | filter, column 1: there is no field 'town'
          GET   | v1/customers?filter=name%20eq%201      |                    | 400 | filter, column 9
          GET   | v1/customers?sort=state                |                    | 400 | sort, column 1: there is no field 'state'
          GET   | v1/customers?fields=nam                |                    | 400 | fields: 'nam' is no field of customers; write 'name'
          GET   | v1/customers?limit=0                   |                    | 400 | limit is '0'; send 1 to 500
          GET   | v1/customers?limit=501                 |                    | 400 | limit is '501'
          GET   | v1/customers?limit=1&limit=2           |                    | 400 | parameter 'limit' stands twice
          GET   | v1/customers?page=2                    |                    | 400 | there is no parameter 'page'
          GET   | v1/customers?cursor=x                  |                    | 400 | cursor is none of this list
          GET   | v1/customers?cursor=eyJvZiI6IngiLCJpZCI6MSwidmFsdWVzIjpbXX0 |  | 400 | cursor belongs to a list with another filter or sort
          """)
  void isRefused(String method, String path, String body, int status, String told)
      throws Exception {
    String sent = body == null ? "" : body;
    Answer answer = served.send(method, "/api/sales/" + path.replace("'", "%27"), sent);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("detail")).contains(told);
    assertThat(answer.json().path("status").intValue()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Idempotency-Key | ``                       | 400
          Idempotency-Key | two words                | 400
          Content-Type    | text/plain               | 403
          Content-Type    | application/x-json       | 415
          Content-Type    | application/json; charset=latin1 | 415
          """)
  void headersAreHeldToTheirForm(String name, String value, int status) throws Exception {
    Answer answer = served.send("POST", "/api/sales/v1/customers", "{'company':'A'}", name, value);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(served.get("/api/sales/v1/customers").json().path("items").size()).isEqualTo(1);
  }

  @org.junit.jupiter.api.Test
  void everythingThatIsWrongIsToldAtOnce() throws Exception {
    Answer answer =
        served.send(
            "POST",
            "/api/sales/v1/customers",
            "{'status':'no','country':'DEU','nme':'x','kind':'k','email':'%s'}"
                .formatted("x".repeat(101)));
    assertThat(answer.is(422).problems())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "status oneOf",
                "country length",
                "nme unknownField",
                "kind readOnly",
                "email length",
                "company required"));
  }
}
