package dev.lockstep.server.page;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.server.admin.Wording;

/** How fresh a copy is against what was promised: a colour, a word, and the figures. */
record Freshness(Tone tone, String word, String text) {

  static Freshness of(SyncStatus sync) {
    if (sync.staleness().isEmpty()) {
      return new Freshness(
          sync.freshness().isPresent() ? Tone.WARN : Tone.CALM,
          Headline.isCatchingUp(sync) ? "Catching up" : "Not complete yet",
          sync.freshness().map(promise -> "promised " + Wording.span(promise)).orElse(""));
    }
    String age = Wording.span(sync.staleness().get());
    if (sync.freshness().isEmpty()) {
      return new Freshness(Tone.CALM, age + " old", "nothing promised");
    }
    String promise = Wording.span(sync.freshness().get());
    return sync.keepsPromise()
        ? new Freshness(Tone.GOOD, "Fresh", age + " old, promised " + promise)
        : new Freshness(Tone.BAD, "Late", age + " old, promised " + promise);
  }
}
