package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class Filter18Test extends FilterTests {
  Filter18Test() {
    super(RealPostgres.newest());
  }
}
