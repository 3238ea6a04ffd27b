package dev.lockstep.server.dispatch;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

/** The same with the store in PostgreSQL. */
class TriggersPostgresTest extends TriggersTest {
  @BeforeEach
  void place() throws IOException {
    Served.inPostgresql(folder);
  }
}
