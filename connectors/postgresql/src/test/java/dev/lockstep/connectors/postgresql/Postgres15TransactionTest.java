package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Postgres15TransactionTest extends TransactionTests {
  Postgres15TransactionTest() {
    super(RealPostgres.debian15());
  }
}
