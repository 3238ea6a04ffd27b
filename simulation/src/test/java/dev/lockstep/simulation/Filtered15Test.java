package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class Filtered15Test extends FilteredTests {
  Filtered15Test() {
    super(RealPostgres.debian15());
  }
}
