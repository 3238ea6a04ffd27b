package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres15MoveAloneTest extends MoveTests {
  Postgres15MoveAloneTest() {
    super(RealPostgres.debian15(), Way.BATCH);
  }
}
