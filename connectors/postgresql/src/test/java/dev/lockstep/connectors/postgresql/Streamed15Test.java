package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

class Streamed15Test extends StreamedBehaviour {
  @Override
  RealPostgres server() {
    return RealPostgres.debian15();
  }
}
