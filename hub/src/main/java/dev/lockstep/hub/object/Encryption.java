package dev.lockstep.hub.object;

import dev.lockstep.hub.object.FieldCipher.NotSealedHere;
import dev.lockstep.store.Tx;
import java.util.Optional;

/**
 * The key of encrypted fields, and the proof in the store that it is the one they were sealed with.
 */
final class Encryption {
  private static final String KIND = "encryption";
  private static final String PROOF = "lockstep";
  private static final String SETTING = "hub.encryptionKey";

  private Encryption() {}

  /** Refuses a model whose fields nobody could seal or open. */
  static void check(Tx tx, Model model, Optional<FieldCipher> cipher) {
    for (Definition definition : model.definitions()) {
      for (DefinedField field : definition.ownFields()) {
        if (field.businessType() == BusinessType.ENCRYPTED) {
          if (cipher.isEmpty()) {
            throw ModelRefused.conflict(
                SETTING,
                "is missing, and the field "
                    + field.name()
                    + " of "
                    + definition.name()
                    + " is encrypted",
                "write the key in the configuration, 32 bytes in Base64; openssl rand -base64 32"
                    + " makes one");
          }
          prove(tx, cipher.get());
          return;
        }
      }
    }
  }

  /** The first key leaves a proof, and every later one must open it. */
  private static void prove(Tx tx, FieldCipher cipher) {
    Optional<String> proof =
        tx.first(
            "SELECT body FROM hub_document WHERE kind = ? AND id = 1", row -> row.text(1), KIND);
    if (proof.isEmpty()) {
      tx.update(
          "INSERT INTO hub_document (kind, id, body) VALUES (?, 1, ?)",
          KIND,
          cipher.sealed(KIND, PROOF));
      return;
    }
    try {
      cipher.opened(KIND, proof.get());
    } catch (NotSealedHere other) {
      throw ModelRefused.conflict(
          SETTING, "is another key than the one that fields were encrypted with", "write that one");
    }
  }
}
