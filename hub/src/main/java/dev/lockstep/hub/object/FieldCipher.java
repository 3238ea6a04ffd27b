package dev.lockstep.hub.object;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the texts of encrypted fields: AES with 256 bits in GCM, a nonce of its own for each, bound
 * to the field it stands in. What is sealed tells its length, and nothing else. Thread-safe.
 */
public final class FieldCipher {
  private static final String MARK = "aes1:";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private FieldCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * @param key 32 bytes in Base64
   * @throws IllegalArgumentException when it is something else
   */
  public static FieldCipher of(String key) {
    byte[] bytes = Base64.getDecoder().decode(key.strip());
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes in place of " + KEY_BYTES);
    }
    return new FieldCipher(bytes);
  }

  /** Seals a text of a field. */
  String sealed(String field, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, field).doFinal(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer both = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
      return MARK + Base64.getEncoder().encodeToString(both.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens what was sealed for a field.
   *
   * @throws NotSealedHere when it was sealed with another key, for another field, or changed since
   */
  String opened(String field, String sealed) {
    if (!sealed.startsWith(MARK)) {
      throw new NotSealedHere(field);
    }
    try {
      byte[] both = Base64.getDecoder().decode(sealed.substring(MARK.length()));
      ByteBuffer parts = ByteBuffer.wrap(both);
      byte[] nonce = new byte[NONCE_BYTES];
      parts.get(nonce);
      byte[] text = new byte[parts.remaining()];
      parts.get(text);
      return new String(
          cipher(Cipher.DECRYPT_MODE, nonce, field).doFinal(text), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | java.nio.BufferUnderflowException e) {
      throw new NotSealedHere(field);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String field) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(field.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** A text that this key did not seal for its field. */
  static final class NotSealedHere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSealedHere(String field) {
      super(field + " was not sealed with this key", null, false, false);
    }
  }
}
