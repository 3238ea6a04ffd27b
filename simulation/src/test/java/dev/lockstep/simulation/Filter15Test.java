package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class Filter15Test extends FilterTests {
  Filter15Test() {
    super(RealPostgres.debian15());
  }
}
