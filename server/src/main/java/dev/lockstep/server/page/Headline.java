package dev.lockstep.server.page;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.sync.Strategy;
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
    List<String> loading = names(syncs, sync -> sync.staleness().isEmpty() && !isCatchingUp(sync));
    if (!loading.isEmpty()) {
      return new Headline(Tone.CALM, told(loading, "is not complete yet", "are not complete yet"));
    }
    List<SyncStatus> behind = syncs.stream().filter(Headline::isCatchingUp).toList();
    if (!behind.isEmpty()) {
      return catchingUp(behind);
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

  /**
   * Whether a sync that follows has changes to take before anything can be said of its age, as
   * after a restart: it is complete but for these.
   */
  static boolean isCatchingUp(SyncStatus sync) {
    return sync.staleness().isEmpty()
        && sync.counts().waiting() > 0
        && sync.strategy() != Strategy.SCHEDULE
        && sync.state() != SyncStatus.State.LOADING
        && sync.currentRun().isEmpty();
  }

  private static Headline catchingUp(List<SyncStatus> behind) {
    long waiting = behind.stream().mapToLong(sync -> sync.counts().waiting()).sum();
    String changes = waiting == 1 ? "1 change waits" : Wording.number(waiting) + " changes wait";
    return new Headline(
        Tone.CALM,
        told(names(behind, sync -> true), "is catching up", "are catching up")
            + (behind.size() == 1 ? ": " : "; ")
            + changes);
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
