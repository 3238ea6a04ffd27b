package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres15ReferenceTest extends ReferenceTests {
  Postgres15ReferenceTest() {
    super(RealPostgres.debian15());
  }
}
