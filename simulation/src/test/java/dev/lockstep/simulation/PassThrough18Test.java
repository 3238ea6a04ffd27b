package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class PassThrough18Test extends PassThroughTests {
  PassThrough18Test() {
    super(RealPostgres.newest());
  }
}
