package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres18TransactionTest extends TransactionTests {
  Postgres18TransactionTest() {
    super(RealPostgres.newest());
  }
}
