package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class InterruptedLoad15Test extends InterruptedLoadTests {
  InterruptedLoad15Test() {
    super(RealPostgres.debian15());
  }
}
