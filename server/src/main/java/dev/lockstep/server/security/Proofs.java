package dev.lockstep.server.security;

import dev.lockstep.server.credential.PasswordHash;
import dev.lockstep.server.credential.StoredSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Compares what callers send with the secrets they must know. Thread-safe.
 *
 * <p>A hash is slow on purpose, so what proved right is remembered for some minutes under a digest
 * by a key of this process; and few are computed at once, so that a flood of guesses leaves the
 * machine to others.
 */
final class Proofs {
  private static final int REMEMBERED = 1000;
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Compared with where there is no such caller, so that the time tells nobody who there is. */
  private static final PasswordHash NOBODY = PasswordHash.of("nobody has this");

  private final InstantSource clock;
  private final FailedAttempts attempts;
  private final SecretKeySpec key;
  private final Semaphore slow = new Semaphore(AT_ONCE);
  private final Map<ByteBuffer, Instant> right =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What came of a comparison. */
  sealed interface Outcome {
    record Right() implements Outcome {}

    record Wrong() implements Outcome {}

    /** Nothing was compared: there were too many failures before, or too many compare now. */
    record Later(Duration pause) implements Outcome {}
  }

  Proofs(InstantSource clock) {
    this.clock = clock;
    this.attempts = new FailedAttempts(clock);
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "HmacSHA256");
  }

  /**
   * Compares.
   *
   * @param who the name that was sent, known or not
   * @param secret what it must be; null where there is no such name
   * @param from the address of the caller
   */
  Outcome compare(String who, @Nullable StoredSecret secret, String sent, String from)
      throws InterruptedException {
    ByteBuffer seal = ByteBuffer.wrap(digest(who + "\0" + sent));
    if (secret != null && secret.isSlow() && isRemembered(seal)) {
      return new Outcome.Right();
    }
    long place = ByteBuffer.wrap(digest(who + "\0" + from)).getLong();
    Optional<Duration> wait = attempts.left(place);
    if (wait.isPresent()) {
      return new Outcome.Later(wait.get());
    }
    StoredSecret known = secret == null ? new StoredSecret.Hashed(NOBODY) : secret;
    if (known.isSlow() && !slow.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Outcome.Later(Duration.ofSeconds(1));
    }
    boolean is;
    try {
      is = known.is(sent) && secret != null;
    } finally {
      if (known.isSlow()) {
        slow.release();
      }
    }
    if (!is) {
      attempts.failed(place);
      return new Outcome.Wrong();
    }
    attempts.succeeded(place);
    if (known.isSlow()) {
      remember(seal);
    }
    return new Outcome.Right();
  }

  private boolean isRemembered(ByteBuffer seal) {
    synchronized (right) {
      Instant end = right.get(seal);
      return end != null && clock.instant().isBefore(end);
    }
  }

  private void remember(ByteBuffer seal) {
    synchronized (right) {
      right.put(seal, clock.instant().plus(KEPT));
    }
  }

  private byte[] digest(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
