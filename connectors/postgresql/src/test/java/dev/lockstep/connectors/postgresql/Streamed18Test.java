package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

class Streamed18Test extends StreamedBehaviour {
  @Override
  RealPostgres server() {
    return RealPostgres.newest();
  }
}
