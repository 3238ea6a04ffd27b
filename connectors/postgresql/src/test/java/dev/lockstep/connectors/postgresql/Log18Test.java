package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Log18Test extends LogBehaviour {

  @Override
  RealPostgres server() {
    return RealPostgres.newest();
  }
}
