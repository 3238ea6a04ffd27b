package dev.lockstep.server.security;

import dev.lockstep.hub.access.Principal;
import dev.lockstep.server.config.ConfiguredSecurity.Application;
import dev.lockstep.server.credential.PasswordHash;
import dev.lockstep.server.credential.StoredSecret;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applications that client extensions declared, beside those of the configuration. Each may do what
 * its scopes name, whatever the roles: Liferay has them act as an administrator. The store has only
 * the hashes of their secrets. Thread-safe.
 */
public final class DeployedApplications {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Store store;
  private final InstantSource clock;
  private final Map<String, Application> byId = new ConcurrentHashMap<>();

  DeployedApplications(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  static DeployedApplications open(Store store, InstantSource clock) throws InterruptedException {
    DeployedApplications applications = new DeployedApplications(store, clock);
    applications.read();
    return applications;
  }

  static Migration migration() {
    return new Migration(
        "security_application",
        List.of(
            """
            CREATE TABLE security_application (
              code TEXT PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL,
              scopes TEXT NOT NULL, made INTEGER NOT NULL) STRICT
            """));
  }

  private void read() throws InterruptedException {
    List<Application> all =
        store.read(tx ->
            tx.list(
                "SELECT id, hash, scopes FROM security_application",
                row -> application(row.text(1), row.text(2), row.text(3).lines().toList())));
    all.forEach(it -> byId.put(it.id(), it));
  }

  private static Application application(String id, String hash, List<String> scopes) {
    return new Application(
        id,
        new StoredSecret.Hashed(
            PasswordHash.parse(hash)
                .orElseThrow(() ->
                    new IllegalStateException(
                        "the hash of application " + id + " in the store is damaged"))),
        scopes,
        Set.of(Principal.ADMINISTRATOR));
  }

  Optional<Application> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * What a program calls with.
   *
   * @param secret empty where it has one that nobody here knows
   */
  public record Credentials(String id, Optional<String> secret) {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * Makes an application, or gives the one of that code its scopes.
   *
   * @param code its external reference code
   * @param isKnown whether its user has this client id with a secret still; otherwise it gets a new
   *     one
   */
  public Credentials declare(String code, String name, List<String> scopes, IsKnown isKnown)
      throws InterruptedException {
    Optional<String> id =
        store.read(tx ->
            tx.first(
                "SELECT id FROM security_application WHERE code = ?", row -> row.text(1), code));
    String listed = String.join("\n", scopes);
    if (id.isPresent() && isKnown.secretOf(id.get()).filter(it -> is(id.get(), it)).isPresent()) {
      store.write(tx ->
          tx.update(
              "UPDATE security_application SET name = ?, scopes = ? WHERE code = ?",
              name,
              listed,
              code));
      read();
      return new Credentials(id.get(), Optional.empty());
    }
    String own = id.orElseGet(() -> "id-" + UUID.randomUUID());
    String secret = "secret-" + random();
    String hash = PasswordHash.of(secret).text();
    store.write(tx -> {
      tx.update("DELETE FROM security_application WHERE code = ?", code);
      return tx.update(
          "INSERT INTO security_application (code, id, name, hash, scopes, made)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          code,
          own,
          name,
          hash,
          listed,
          clock.millis());
    });
    read();
    return new Credentials(own, Optional.of(secret));
  }

  /** Knows the secret that a program was given, where it still has it. */
  public interface IsKnown {
    Optional<String> secretOf(String id);
  }

  private boolean is(String id, String secret) {
    return find(id).filter(it -> it.secret().is(secret)).isPresent();
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
