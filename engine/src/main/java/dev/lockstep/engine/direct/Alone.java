package dev.lockstep.engine.direct;

import java.util.List;
import java.util.concurrent.Callable;

/** Keeps the pages of runs of several syncs away while something is delivered for them together. */
final class Alone {
  private final List<Member> members;

  Alone(List<Member> members) {
    this.members = List.copyOf(members);
  }

  <T> T run(Callable<T> work) throws InterruptedException {
    return run(0, work);
  }

  private <T> T run(int from, Callable<T> work) throws InterruptedException {
    if (from == members.size()) {
      try {
        return work.call();
      } catch (RuntimeException | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return members.get(from).route().precedence().alone(() -> run(from + 1, work));
  }
}
