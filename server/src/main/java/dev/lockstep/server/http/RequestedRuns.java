package dev.lockstep.server.http;

import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.AdminRefused.Reason;
import dev.lockstep.server.admin.RunOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs that callers asked for. Each goes on to its end though its caller may have gone, and of each
 * sync there is one at a time. Thread-safe.
 */
final class RequestedRuns implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RequestedRuns.class.getName());

  private final Admin admin;
  private final Map<String, Thread> underWay = new LinkedHashMap<>();

  RequestedRuns(Admin admin) {
    this.admin = admin;
  }

  /** Is told how a run goes on and how it ends; exactly one of the last two is called, last. */
  interface Listener {
    Listener NOBODY =
        new Listener() {
          @Override
          public void progress(ObjectNode progress) {}

          @Override
          public void ended(ObjectNode run) {}

          @Override
          public void failed(AdminRefused refused) {}
        };

    void progress(ObjectNode progress);

    void ended(ObjectNode run);

    void failed(AdminRefused refused);
  }

  synchronized void start(String sync, RunOrder order, Listener listener) {
    if (underWay.containsKey(sync)) {
      throw new AdminRefused(
          Reason.CONFLICT,
          "a requested run of " + sync + " is under way",
          "wait for its end, see GET " + ApiRoutes.PATH + "/syncs/" + sync);
    }
    underWay.put(
        sync,
        Thread.ofVirtual()
            .name("requested run of " + sync)
            .start(() -> run(sync, order, listener)));
  }

  private void run(String sync, RunOrder order, Listener listener) {
    try {
      Consumer<ObjectNode> progress = listener::progress;
      listener.ended(admin.run(sync, order, progress));
    } catch (AdminRefused refused) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a requested run of {0} could not be carried out: {1}",
          sync,
          refused.getMessage());
      listener.failed(refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      listener.failed(
          new AdminRefused(
              Reason.UNAVAILABLE, "Lockstep is stopping", "the run goes on at the next start"));
    } finally {
      forget(sync);
    }
  }

  private synchronized void forget(String sync) {
    underWay.remove(sync);
  }

  private synchronized List<Thread> threads() {
    return List.copyOf(underWay.values());
  }

  /** Stops what is under way, and waits for it whatever happens. */
  @Override
  public void close() {
    List<Thread> threads = threads();
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
