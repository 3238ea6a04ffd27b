package dev.lockstep.server.page;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.server.admin.Wording;
import java.util.List;
import java.util.function.Predicate;

/** The state of everything in one sentence: the worst of it. */
record Headline(Tone tone, String text) {
  private static final int NAMED = 3;

  static Headline of(List<SyncStatus> syncs) {
    if (syncs.isEmpty()) {
      return new Headline(Tone.CALM, "Nothing is configured to be kept in step");
    }
    List<String> held = names(syncs, sync -> sync.state() == SyncStatus.State.HELD);
    if (!held.isEmpty()) {
      return new Headline(Tone.BAD, told(held, "needs you", "need you"));
    }
    List<String> late = names(syncs, sync -> sync.staleness().isPresent() && !sync.keepsPromise());
    if (!late.isEmpty()) {
      return new Headline(
          Tone.BAD, told(late, "is later than promised", "are later than promised"));
    }
    List<String> waiting = names(syncs, sync -> sync.state() == SyncStatus.State.WAITING);
    if (!waiting.isEmpty()) {
      return new Headline(Tone.WARN, told(waiting, "waits for a system", "wait for their systems"));
    }
    List<String> loading = names(syncs, sync -> sync.staleness().isEmpty());
    if (!loading.isEmpty()) {
      return new Headline(Tone.CALM, told(loading, "is not complete yet", "are not complete yet"));
    }
    long letters = syncs.stream().mapToLong(SyncStatus::openLetters).sum();
    if (letters > 0) {
      return new Headline(
          Tone.WARN,
          "In step, but "
              + (letters == 1
                  ? "a dead letter waits for you"
                  : Wording.number(letters) + " dead letters wait for you"));
    }
    return new Headline(
        Tone.GOOD,
        syncs.size() == 1 ? "The sync is in step" : "All " + syncs.size() + " syncs are in step");
  }

  private static List<String> names(List<SyncStatus> syncs, Predicate<SyncStatus> which) {
    return syncs.stream().filter(which).map(SyncStatus::name).toList();
  }

  private static String told(List<String> names, String one, String many) {
    if (names.size() == 1) {
      return names.getFirst() + " " + one;
    }
    String named = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    int more = names.size() - NAMED;
    return Wording.number(names.size())
        + " syncs "
        + many
        + ": "
        + named
        + (more > 0 ? " and " + Wording.number(more) + " more" : "");
  }
}
