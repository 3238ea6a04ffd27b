package dev.lockstep.demo;

import dev.lockstep.demo.systems.Crm;
import dev.lockstep.demo.systems.Database;
import dev.lockstep.demo.systems.HelpDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The systems around Lockstep, each a process with storage of its own. */
final class Neighbours implements AutoCloseable {
  static final List<String> NAMES = List.of("crm", "desk", "finance", "reports");

  private final DemoFolder folder;
  private final Arrivals arrivals;
  private final List<Child> others = new ArrayList<>();
  private Optional<Child> crm = Optional.empty();

  private Neighbours(DemoFolder folder, Arrivals arrivals) {
    this.folder = folder;
    this.arrivals = arrivals;
  }

  /**
   * Starts some; returns when all of them are ready, or none is left running.
   *
   * @param names which; all when there are none
   */
  static Neighbours start(DemoFolder folder, Arrivals arrivals, List<String> names)
      throws InterruptedException {
    Neighbours neighbours = new Neighbours(folder, arrivals);
    boolean started = false;
    try {
      (names.isEmpty() ? NAMES : names).stream().distinct().forEach(neighbours::start);
      for (Child child : neighbours.all()) {
        child.awaitReady();
      }
      started = true;
      return neighbours;
    } finally {
      if (!started) {
        neighbours.close();
      }
    }
  }

  private void start(String name) {
    switch (name) {
      case "crm" -> crm = Optional.of(startCrm());
      case "desk" ->
          others.add(
              start(
                  "desk",
                  HelpDesk.class,
                  folder.ports().desk(),
                  folder.data().resolve("desk.db"),
                  "desk.token"));
      case "finance" -> others.add(database("finance", folder.ports().finance()));
      case "reports" -> others.add(database("reports", folder.ports().reports()));
      default -> throw new IllegalStateException("nobody knows " + name);
    }
  }

  private Child startCrm() {
    return start(
        "crm", Crm.class, folder.ports().crm(), folder.data().resolve("crm.db"), "crm.key");
  }

  private Child database(String name, int port) {
    return Child.start(
        name,
        List.of(
            Database.class.getName(),
            name,
            Integer.toString(port),
            folder.data().toString(),
            folder.secretFile(name + ".password").toString()),
        folder.log(name),
        line -> {});
  }

  private Child start(
      String name, Class<?> program, int port, java.nio.file.Path file, String secret) {
    return Child.start(
        name,
        List.of(
            program.getName(),
            Integer.toString(port),
            file.toString(),
            folder.secretFile(secret).toString()),
        folder.log(name),
        line -> arrivals.add(Arrivals.Arrival.read(name, line)));
  }

  synchronized List<Child> all() {
    List<Child> all = new ArrayList<>(others);
    crm.ifPresent(all::addFirst);
    return all;
  }

  /** As a machine that loses power. */
  synchronized void killCrm() throws InterruptedException {
    crm.orElseThrow().kill();
  }

  /** On the storage it left. */
  synchronized void restartCrm() throws InterruptedException {
    Child started = startCrm();
    crm = Optional.of(started);
    started.awaitReady();
  }

  @Override
  public void close() {
    all().parallelStream().forEach(Child::close);
  }
}
