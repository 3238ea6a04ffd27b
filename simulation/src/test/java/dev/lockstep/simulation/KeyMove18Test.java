package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class KeyMove18Test extends KeyMoveTests {
  KeyMove18Test() {
    super(RealPostgres.newest());
  }
}
