package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class MappedPieces15Test extends MappedPiecesTests {
  MappedPieces15Test() {
    super(RealPostgres.debian15());
  }
}
