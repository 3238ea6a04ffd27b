package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.dispatch.Run.Status;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trigger as it is kept.
 *
 * @param code its external reference code
 * @param version grows with every change that somebody makes
 * @param asker who saved it last; its runs have the rights of that one
 * @param due when it is due next; empty when it never is
 * @param last how its last run stands
 */
record Trigger(
    long id,
    String code,
    long version,
    ObjectNode body,
    Asker asker,
    Instant created,
    Instant modified,
    Optional<Instant> due,
    Optional<Last> last) {

  /** A trigger's last run. */
  record Last(Status status, Instant started) {}

  Terms terms() {
    return Terms.of(body);
  }
}
