package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.batch.Asker;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trigger that was checked and is about to be kept.
 *
 * @param code its external reference code
 * @param next when it is due next, by what it says; empty when it is not active
 */
record Draft(String code, Terms terms, ObjectNode body, Asker asker, Optional<Instant> next) {

  /**
   * When it is due next, in place of a trigger that is there: what that one was due for and nobody
   * has answered yet is not lost.
   */
  Optional<Instant> after(Trigger present, Instant now) {
    boolean keeps = terms.isDueAs(present.terms());
    return terms.active()
        ? present.due().filter(due -> keeps || !due.isAfter(now)).or(() -> next)
        : Optional.empty();
  }
}
