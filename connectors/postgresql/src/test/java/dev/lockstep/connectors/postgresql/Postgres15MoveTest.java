package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres15MoveTest extends MoveTests {
  Postgres15MoveTest() {
    super(RealPostgres.debian15(), Way.TRANSACTION);
  }
}
