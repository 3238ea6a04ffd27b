package dev.lockstep.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign tokens, kept in the store: a token outlives a restart. The newest signs; one
 * that was taken over is still good for what it signed. Thread-safe.
 */
final class SigningKeys {
  private static final Duration SIGNS = Duration.ofDays(30);

  /** Longer than any token lives. */
  private static final Duration VERIFIES = Duration.ofDays(2);

  /** A key that is not known is looked for in the store no more often. */
  private static final Duration LOOKED = Duration.ofSeconds(5);

  private static final int BITS = 2048;

  private final Store store;
  private final InstantSource clock;
  private volatile Kept kept = new Kept(List.of(), Instant.MIN);

  private record Kept(List<Key> keys, Instant read) {}

  private record Key(RSAKey key, Instant made) {}

  SigningKeys(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  static Migration migration() {
    return new Migration(
        "security_key",
        List.of(
            """
            CREATE TABLE security_key (
              id TEXT PRIMARY KEY, made INTEGER NOT NULL, body TEXT NOT NULL) STRICT
            """));
  }

  /** The key that signs now. */
  RSAKey signing() throws InterruptedException {
    Instant now = clock.instant();
    Optional<Key> newest = newest(now);
    if (newest.isEmpty()) {
      reread(now);
      newest = newest(now);
    }
    return newest.isPresent() ? newest.get().key() : made(now);
  }

  private Optional<Key> newest(Instant now) {
    return kept.keys().stream().findFirst().filter(it -> now.isBefore(it.made().plus(SIGNS)));
  }

  /**
   * The public halves of all keys that are good, the newest first: some clients look at it alone.
   */
  List<JWK> published() throws InterruptedException {
    signing();
    return kept.keys().stream().map(it -> (JWK) it.key().toPublicJWK()).toList();
  }

  /** The key of that id; empty when there is none, or it is too old. */
  Optional<RSAKey> named(String id) throws InterruptedException {
    Instant now = clock.instant();
    if (find(id).isEmpty() && !now.isBefore(kept.read().plus(LOOKED))) {
      // Another node may have made it.
      reread(now);
    }
    return find(id);
  }

  private Optional<RSAKey> find(String id) {
    return kept.keys().stream().map(Key::key).filter(key -> id.equals(key.getKeyID())).findFirst();
  }

  private synchronized RSAKey made(Instant now) throws InterruptedException {
    Optional<Key> meanwhile = newest(now);
    if (meanwhile.isPresent()) {
      return meanwhile.get().key();
    }
    RSAKey fresh = generated();
    List<Key> keys =
        store.write(tx -> {
          List<Key> known = read(tx);
          if (known.isEmpty() || !now.isBefore(known.getFirst().made().plus(SIGNS))) {
            tx.update(
                "INSERT INTO security_key (id, made, body) VALUES (?, ?, ?)",
                fresh.getKeyID(),
                now.toEpochMilli(),
                fresh.toJSONString());
          }
          tx.update(
              "DELETE FROM security_key WHERE made < ?",
              now.minus(SIGNS).minus(VERIFIES).toEpochMilli());
          return read(tx);
        });
    kept = new Kept(keys, now);
    return keys.getFirst().key();
  }

  private void reread(Instant now) throws InterruptedException {
    kept = new Kept(store.read(SigningKeys::read), now);
  }

  private static List<Key> read(Tx tx) {
    return tx.list(
        "SELECT body, made FROM security_key ORDER BY made DESC, id",
        row -> new Key(parsed(row.text(1)), Instant.ofEpochMilli(row.integer(2))));
  }

  private static RSAKey parsed(String body) {
    try {
      return RSAKey.parse(body);
    } catch (ParseException damaged) {
      // Its message may hold the key.
      throw new IllegalStateException(
          "a key in the store cannot be read; delete it from security_key, and a new one is made");
    }
  }

  private static RSAKey generated() {
    try {
      return new RSAKeyGenerator(BITS)
          .keyIDFromThumbprint(true)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .generate();
    } catch (JOSEException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
