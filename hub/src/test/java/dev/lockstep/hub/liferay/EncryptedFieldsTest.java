package dev.lockstep.hub.liferay;

import static dev.lockstep.hub.liferay.LiferayServer.ADMIN;
import static dev.lockstep.hub.liferay.LiferayServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.object.FieldCipher;
import dev.lockstep.hub.object.ModelRefused;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields whose texts are sealed in the store and open over the API. */
class EncryptedFieldsTest {
  private static final String PATIENT =
      """
      {'name': 'Patient', 'label': {'en_US': 'Patient'}, 'pluralLabel': {'en_US': 'Patients'},
       'status': {'code': 0}, 'objectFields': [
         {'name': 'ward', 'businessType': 'Text', 'label': {'en_US': 'Ward'}},
         {'name': 'insurance', 'businessType': 'Encrypted', 'DBType': 'Clob', 'label': {'en_US': 'Insurance'}},
         {'name': 'account', 'businessType': 'Encrypted', 'DBType': 'Clob', 'label': {'en_US': 'Account'}}]}
      """;

  @TempDir private Path folder;
  private LiferayServer server;

  @BeforeEach
  void open() throws Exception {
    server = new LiferayServer(folder, key(1));
    server.post(ADMIN + "/object-definitions", PATIENT).is(200);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Optional<FieldCipher> key(int first) {
    byte[] key = new byte[32];
    key[0] = (byte) first;
    return Optional.of(FieldCipher.of(Base64.getEncoder().encodeToString(key)));
  }

  private Entry kept(long id) throws InterruptedException {
    return server.definitions().hub().find("patients", new EntryRef.Id(id)).orElseThrow();
  }

  @Test
  void aTextIsSealedInTheStoreAndOpenOverTheApi() throws Exception {
    var made = server.post("/o/c/patients", "{'insurance': 'A-7 ü', 'account': 'A-7 ü'}").is(200);
    assertThat(made.text("insurance")).isEqualTo("A-7 ü");
    Entry kept = kept(made.id());
    assertThat((String) kept.values().get("insurance"))
        .startsWith("aes1:")
        .isNotEqualTo(kept.values().get("account"));
    server.close();
    server = new LiferayServer(folder, key(1));
    assertThat(server.get("/o/c/patients/" + made.id()).is(200).text("account")).isEqualTo("A-7 ü");
  }

  @Test
  void whatStaysTheSameIsNoChange() throws Exception {
    long id = server.post("/o/c/patients", "{'ward': 'a', 'insurance': 'A-7'}").is(200).id();
    Object sealed = kept(id).values().get("insurance");
    server.patch("/o/c/patients/" + id, "{'insurance': 'A-7'}").is(200);
    assertThat(kept(id).version()).isEqualTo(1);
    server.patch("/o/c/patients/" + id, "{'ward': 'b'}").is(200);
    assertThat(kept(id).values().get("insurance")).isEqualTo(sealed);
    assertThat(
            server.patch("/o/c/patients/" + id, "{'insurance': 'B-8'}").is(200).text("insurance"))
        .isEqualTo("B-8");
    assertThat(kept(id).version()).isEqualTo(3);
  }

  @Test
  void aTextOfOneFieldIsNoneOfAnother() throws Exception {
    long id = server.post("/o/c/patients", "{'insurance': 'A-7', 'account': 'X'}").is(200).id();
    String sealed = (String) kept(id).values().get("insurance");
    var moved = server.patch("/o/c/patients/" + id, "{'account': '" + sealed + "'}").is(200);
    assertThat(moved.text("account")).as("sealed once more").isEqualTo(sealed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void anotherKeyOrNoneIsRefusedBeforeAnythingIsWritten(int first) throws Exception {
    server.close();
    assertThatThrownBy(() -> new LiferayServer(folder, first == 0 ? Optional.empty() : key(first)))
        .isInstanceOf(ModelRefused.class)
        .hasMessageContaining(first == 0 ? "is missing" : "another key");
    server = new LiferayServer(folder, key(1));
  }

  @Test
  void itIsNeitherFilteredNorUnique() throws Exception {
    server.get("/o/c/patients?filter=" + encoded("insurance eq 'A-7'")).is(400);
    server
        .post(
            ADMIN + "/object-definitions/by-external-reference-code/PATIENT2/object-fields",
            "{'name': 'x', 'businessType': 'Encrypted', 'label': {'en_US': 'X'}}")
        .is(404);
    long definition =
        server
            .get(ADMIN + "/object-definitions")
            .json()
            .path("items")
            .get(0)
            .path("id")
            .longValue();
    assertThat(
            server
                .post(
                    ADMIN + "/object-definitions/" + definition + "/object-fields",
                    "{'name': 'x', 'businessType': 'Encrypted', 'label': {'en_US': 'X'},"
                        + " 'objectFieldSettings': [{'name': 'uniqueValues', 'value': true}]}")
                .is(400)
                .text("title"))
        .contains("cannot hold for what is encrypted");
  }
}
