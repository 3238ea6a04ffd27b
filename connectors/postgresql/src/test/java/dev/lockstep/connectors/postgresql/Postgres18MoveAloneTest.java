package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres18MoveAloneTest extends MoveTests {
  Postgres18MoveAloneTest() {
    super(RealPostgres.newest(), Way.BATCH);
  }
}
