package dev.lockstep.server.page;

import dev.lockstep.engine.delivery.Letter;

/** A dead letter in the list. */
public record LetterView(long id, String sync, String key, String reason, String since) {

  static LetterView of(Letter letter, Moments moments) {
    return new LetterView(
        letter.id(),
        letter.sync(),
        letter.key().isEmpty() ? letter.place() : letter.key(),
        letter.reason(),
        moments.text(letter.createdAt()));
  }
}
