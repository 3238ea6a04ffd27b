package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class KeyMove15Test extends KeyMoveTests {
  KeyMove15Test() {
    super(RealPostgres.debian15());
  }
}
