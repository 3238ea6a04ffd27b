package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.servers.RealPostgres;

final class Log15Test extends LogBehaviour {

  @Override
  RealPostgres server() {
    return RealPostgres.debian15();
  }
}
