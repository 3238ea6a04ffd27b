package dev.lockstep.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.credential.PasswordHash;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls that Liferay's container for batch extensions makes: a token by the credentials in its
 * routes, each file's items posted as an import, and its task asked for until it is over.
 */
class ContainerTest {
  private static final String SECURITY =
      """
      security:
        users:
          adam: {password: "%s", roles: [Administrator]}
        roles: {}
      """;

  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  @TempDir private Path folder;

  private Served open() throws Exception {
    String hash = PasswordHash.of("correct horse battery staple").text();
    return Served.open(folder, "deploy: {watch: false}", SECURITY.formatted(hash))
        .withAuthorization(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("adam:correct horse battery staple".getBytes(UTF_8)));
  }

  private String route(String file) throws Exception {
    return Files.readString(folder.resolve(".lockstep/routes/default").resolve(file));
  }

  @Test
  void itsProtocolWorksAsItIs() throws Exception {
    Path archive =
        Zip.of("distributors")
            .application(
                "distributors-server",
                "Liferay.Headless.Batch.Engine.everything",
                "Liferay.Object.Admin.REST.everything")
            .in(folder.resolve("distributors.zip"));
    try (Served admin = open()) {
      JsonNode done = admin.deployed(archive, "");
      assertThat(done.path("state").stringValue()).as(done.toString()).isEqualTo("done");
      String code = "distributors/distributors-server.oauth2.";
      assertThat(done.toString())
          .contains(route(code + "headless.server.client.id"))
          .doesNotContain(route(code + "headless.server.client.secret"));
      assertThat(route("dxp/com.liferay.lxc.dxp.main.domain"))
          .isEqualTo(admin.address().getAuthority());

      String token = token(admin, code);
      admin.withAuthorization("Bearer " + token);
      JsonNode defined =
          imported(
              admin,
              "com.liferay.object.admin.rest.dto.v1_0.ObjectDefinition",
              Map.of("containsHeaders", "true", "createStrategy", "UPSERT"),
              "[{'externalReferenceCode':'TICKET','name':'Ticket','label':{'en_US':'Ticket'},"
                  + "'pluralLabel':{'en_US':'Tickets'},'scope':'company','status':{'code':0},"
                  + "'objectFields':[{'name':'subject','label':{'en_US':'Subject'},"
                  + "'businessType':'Text','DBType':'String','required':true}]}]");
      assertThat(defined.path("executeStatus").stringValue())
          .as(defined.toString())
          .isEqualTo("COMPLETED");
      assertThat(defined.path("failedItems")).isEmpty();
      JsonNode entries =
          imported(
              admin,
              "com.liferay.object.rest.dto.v1_0.ObjectEntry",
              Map.of(
                  "createStrategy", "UPSERT",
                  "updateStrategy", "UPDATE",
                  "importStrategy", "ON_ERROR_CONTINUE",
                  "taskItemDelegateName", "C_Ticket"),
              "[{'externalReferenceCode':'T-1','subject':'a'},{'externalReferenceCode':'T-2'}]");
      assertThat(entries.path("executeStatus").stringValue()).isEqualTo("COMPLETED");
      assertThat(entries.path("failedItems").path(0).path("itemIndex").intValue()).isEqualTo(2);

      // Scopes that were not declared open nothing.
      admin.get("/o/c/tickets").is(403);
      admin.get("/o/headless-admin-list-type/v1.0/list-type-definitions").is(403);
      admin.get("/api/v1/status").is(403);
      admin.get("/o/object-admin/v1.0/object-definitions").is(200);
    }
  }

  /** A form as curl's --data sends it. */
  private String token(Served served, String code) throws Exception {
    String form =
        "client_id="
            + route(code + "headless.server.client.id")
            + "&client_secret="
            + route(code + "headless.server.client.secret")
            + "&grant_type=client_credentials";
    JsonNode answer = new Stranger(served).form(route(code + "token.uri"), form);
    return answer.path("access_token").stringValue();
  }

  private record Stranger(Served served) {
    JsonNode form(String path, String form) throws Exception {
      served.withAuthorization("");
      return served
          .call(
              served
                  .request(path)
                  .header("Content-type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form)))
          .is(200)
          .json();
    }
  }

  private static JsonNode imported(
      Served served, String className, Map<String, String> parameters, String items)
      throws Exception {
    String query =
        parameters.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    Served.Answer posted =
        served.call(
            served
                .request("/o/headless-batch-engine/v1.0/import-task/" + className + "?" + query)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(items.replace('\'', '"'))));
    assertThat(posted.status() / 100).as(posted.body()).isEqualTo(2);
    String code = posted.json().path("externalReferenceCode").stringValue();
    String task = "/o/headless-batch-engine/v1.0/import-task/by-external-reference-code/" + code;
    Served.until(
        "the task is over",
        () ->
            JsonMapper.shared()
                .readTree(served.get(task).is(200).body())
                .path("executeStatus")
                .stringValue()
                .matches("COMPLETED|FAILED"));
    return served.get(task).json();
  }

  @Test
  void aProgramKeepsItsSecretUntilItsFileIsLost() throws Exception {
    Path archive =
        Zip.of("a")
            .application("a-server", "Liferay.Object.Admin.REST.everything.read")
            .in(folder.resolve("a.zip"));
    Path more =
        Zip.of("a")
            .application("a-server", "Liferay.Object.Admin.REST.everything")
            .in(folder.resolve("more.zip"));
    String file = "a/a-server.oauth2.headless.server.client.secret";
    try (Served admin = open()) {
      admin.deployed(archive, "");
      String id = route("a/a-server.oauth2.headless.server.client.id");
      String secret = route(file);
      admin.deployed(more, "");
      assertThat(route(file)).isEqualTo(secret);
      assertThat(route("a/a-server.oauth2.headless.server.scopes"))
          .isEqualTo("Liferay.Object.Admin.REST.everything");
      Files.delete(folder.resolve(".lockstep/routes/default").resolve(file));
      admin.deployed(more, "?again=true");
      assertThat(route(file)).isNotEqualTo(secret);
      assertThat(route("a/a-server.oauth2.headless.server.client.id")).isEqualTo(id);
      assertThat(token(admin, "a/a-server.oauth2.")).isNotEmpty();
      String old = "client_id=" + id + "&client_secret=" + secret;
      admin
          .call(
              admin
                  .request("/o/oauth2/token")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(old + "&grant_type=client_credentials")))
          .is(401);
    }
  }
}
