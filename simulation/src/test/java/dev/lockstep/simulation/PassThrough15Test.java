package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class PassThrough15Test extends PassThroughTests {
  PassThrough15Test() {
    super(RealPostgres.debian15());
  }
}
