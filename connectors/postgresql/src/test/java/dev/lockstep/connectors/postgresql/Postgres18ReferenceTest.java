package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres18ReferenceTest extends ReferenceTests {
  Postgres18ReferenceTest() {
    super(RealPostgres.newest());
  }
}
