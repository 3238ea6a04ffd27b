package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres18MoveTest extends MoveTests {
  Postgres18MoveTest() {
    super(RealPostgres.newest(), Way.TRANSACTION);
  }
}
