package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.BulkForm;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormReader;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A table that somebody empties between the pieces of a read. */
class EmptiedMeanwhileTest extends TransactionFixture {
  private static final DatasetId TABLE = new DatasetId("public.t");

  EmptiedMeanwhileTest() {
    super(RealPostgres.newest());
    database.run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
  }

  @Test
  void whoEmptiesATableIsLetPassByARead() throws Exception {
    Thread emptying = new Thread(() -> database.run("TRUNCATE t"));
    try (Connection connection = open()) {
      FormReader reader = connection.formReader().orElseThrow();
      List<Partition> pieces = reader.plan(TABLE);
      BulkForm form = new BulkForm(PgFormWriter.PROTOCOL, List.of("int4:-1"));
      FormReader.Selection all =
          new FormReader.Selection(TABLE, List.of("id"), form, Optional.empty());
      try (FormReader.FormRead read = reader.open(TABLE, pieces)) {
        assertThat(size(read.bytes(all, pieces.getFirst(), Optional.empty()))).isPositive();
        emptying.start();
        while (database.text("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
          Thread.onSpinWait();
        }
        // The read waits behind the emptying, which waits for the read.
        assertThatThrownBy(() -> size(read.bytes(all, pieces.getFirst(), Optional.empty())))
            .isInstanceOfSatisfying(
                ConnectorException.class,
                e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
      }
      emptying.join();
    }
    assertThat(database.text("SELECT count(*) FROM t")).isEqualTo("0");
  }

  private static long size(FormBytes bytes) throws InterruptedException {
    byte[] buffer = new byte[1024];
    long size = 0;
    try (bytes) {
      for (int count = bytes.read(buffer, 0, buffer.length);
          count >= 0;
          count = bytes.read(buffer, 0, buffer.length)) {
        size += count;
      }
    }
    return size;
  }
}
