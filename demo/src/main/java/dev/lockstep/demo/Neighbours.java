package dev.lockstep.demo;

import dev.lockstep.demo.systems.Crm;
import dev.lockstep.demo.systems.Database;
import dev.lockstep.demo.systems.HelpDesk;
import java.util.ArrayList;
import java.util.List;

/** The four systems around Lockstep, each a process with storage of its own. */
final class Neighbours implements AutoCloseable {
  private final DemoFolder folder;
  private final Arrivals arrivals;
  private final List<Child> others = new ArrayList<>();
  private Child crm;

  private Neighbours(DemoFolder folder, Arrivals arrivals) {
    this.folder = folder;
    this.arrivals = arrivals;
    this.crm = startCrm();
    others.add(
        start(
            "desk",
            HelpDesk.class,
            folder.ports().desk(),
            folder.data().resolve("desk.db"),
            "desk.token"));
    others.add(database("finance", folder.ports().finance()));
    others.add(database("reports", folder.ports().reports()));
  }

  /** Starts all; returns when all are ready, or none is left running. */
  static Neighbours start(DemoFolder folder, Arrivals arrivals) throws InterruptedException {
    Neighbours neighbours = new Neighbours(folder, arrivals);
    boolean started = false;
    try {
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
    all.addFirst(crm);
    return all;
  }

  /** As a machine that loses power. */
  synchronized void killCrm() throws InterruptedException {
    crm.kill();
  }

  /** On the storage it left. */
  synchronized void restartCrm() throws InterruptedException {
    crm = startCrm();
    crm.awaitReady();
  }

  @Override
  public void close() {
    all().parallelStream().forEach(Child::close);
  }
}
