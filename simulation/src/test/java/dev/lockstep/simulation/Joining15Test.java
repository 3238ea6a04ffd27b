package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class Joining15Test extends JoiningTests {
  Joining15Test() {
    super(RealPostgres.debian15());
  }
}
