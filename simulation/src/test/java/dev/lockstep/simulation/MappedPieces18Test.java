package dev.lockstep.simulation;

import dev.lockstep.testkit.servers.RealPostgres;

final class MappedPieces18Test extends MappedPiecesTests {
  MappedPieces18Test() {
    super(RealPostgres.newest());
  }
}
