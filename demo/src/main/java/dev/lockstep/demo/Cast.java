package dev.lockstep.demo;

import java.util.List;
import java.util.Locale;

/** Tells who plays, and where each is reached. */
final class Cast {
  private final DemoFolder folder;
  private final Teller teller;

  Cast(DemoFolder folder, Teller teller) {
    this.folder = folder;
    this.teller = teller;
  }

  void introduce(List<Child> neighbours, Child lockstep) {
    Ports ports = folder.ports();
    role("Lockstep", "with the hub", "http://127.0.0.1:" + ports.lockstep() + "/", lockstep.pid());
    introduceNeighbours(neighbours);
  }

  void introduceNeighbours(List<Child> neighbours) {
    for (Child child : neighbours) {
      Ports ports = folder.ports();
      switch (child.name()) {
        case "crm" ->
            role(
                "CRM",
                "REST API, key",
                "http://127.0.0.1:" + ports.crm() + "/accounts",
                child.pid());
        case "desk" ->
            role(
                "help desk",
                "REST API, token",
                "http://127.0.0.1:" + ports.desk() + "/tickets",
                child.pid());
        case "finance" ->
            role(
                "finance",
                "H2 server",
                "jdbc:h2:tcp://127.0.0.1:" + ports.finance() + "/./finance",
                child.pid());
        case "reports" ->
            role(
                "reporting",
                "H2 server",
                "jdbc:h2:tcp://127.0.0.1:" + ports.reports() + "/./reports",
                child.pid());
        default -> throw new IllegalStateException("nobody knows " + child.name());
      }
    }
    teller.say("");
  }

  private void role(String name, String kind, String address, long pid) {
    teller.say(
        String.format(Locale.ROOT, "  %-10s %-17s process %-7d %s", name, kind, pid, address));
  }
}
