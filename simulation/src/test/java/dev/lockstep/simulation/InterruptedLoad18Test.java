package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class InterruptedLoad18Test extends InterruptedLoadTests {
  InterruptedLoad18Test() {
    super(RealPostgres.newest());
  }
}
