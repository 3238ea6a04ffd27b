package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class Joining18Test extends JoiningTests {
  Joining18Test() {
    super(RealPostgres.newest());
  }
}
