package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.batch.Asker;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a trigger, as its log has it.
 *
 * @param type who carries it out
 * @param settings as they were when it was ordered
 * @param asker with whose rights
 * @param due when it was due; empty when somebody asked for it
 * @param reference by what its executor knows what it ordered
 * @param output what it did, for a person
 * @param error why it failed, or was left out; empty otherwise
 */
record Run(
    long id,
    long trigger,
    String type,
    Settings settings,
    Asker asker,
    Origin origin,
    Optional<Instant> due,
    Status status,
    String reference,
    String output,
    String error,
    Instant started,
    Optional<Instant> ended) {

  /**
   * How a run came to be.
   *
   * @param who asked for it
   */
  record Origin(Cause cause, @Nullable String who) {}

  /** What set a run off. */
  enum Cause {
    /** It was due. */
    SCHEDULE,
    /** It was due while nobody looked, perhaps several times. */
    CATCH_UP,
    /** Somebody asked for it. */
    REQUEST;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Liferay's states and their codes. */
  enum Status {
    IN_PROGRESS(1),
    SUCCESSFUL(2),
    /** Left out, because the one before was under way. */
    CANCELLED(3),
    FAILED(4);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
