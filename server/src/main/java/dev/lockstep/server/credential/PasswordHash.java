package dev.lockstep.server.credential;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A secret as it is kept: {@code $pbkdf2-sha512$i=210000$SALT$HASH}, salt and hash in Base64
 * without padding.
 */
public record PasswordHash(int iterations, byte[] salt, byte[] hash) {
  /** What stands before every hash. */
  public static final String PREFIX = "$pbkdf2-sha512$";

  /** As OWASP advises for PBKDF2 with HMAC-SHA-512. */
  private static final int ITERATIONS = 210_000;

  private static final int FEWEST = 10_000;
  private static final int MOST = 5_000_000;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$pbkdf2-sha512\\$i=(\\d{1,7})\\$([A-Za-z0-9+/]{16,88})\\$([A-Za-z0-9+/]{22,88})");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Hashes a secret with a salt of its own; takes a noticeable part of a second. */
  public static PasswordHash of(String secret) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    return new PasswordHash(ITERATIONS, salt, derived(secret, ITERATIONS, salt, 32));
  }

  /** Reads a hash; empty when the text is none. */
  public static Optional<PasswordHash> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int iterations = Integer.parseInt(parts.group(1));
    try {
      return iterations < FEWEST || iterations > MOST
          ? Optional.empty()
          : Optional.of(
              new PasswordHash(
                  iterations,
                  Base64.getDecoder().decode(parts.group(2)),
                  Base64.getDecoder().decode(parts.group(3))));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** Whether it was made of this secret; takes as long as making it did. */
  public boolean isOf(String secret) {
    return MessageDigest.isEqual(hash, derived(secret, iterations, salt, hash.length));
  }

  private static byte[] derived(String secret, int iterations, byte[] salt, int length) {
    PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, length * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    } finally {
      spec.clearPassword();
    }
  }

  /** The text to be written into a configuration. */
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return PREFIX
        + "i="
        + iterations
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  @Override
  public String toString() {
    return "a hash";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash it && text().equals(it.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }
}
