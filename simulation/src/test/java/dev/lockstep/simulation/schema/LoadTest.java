package dev.lockstep.simulation.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.CrashablePostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The load does what it is there to do. */
final class LoadTest {
  private static final int TABLES = 31;
  private static final long ENOUGH = 800;
  private static final int MOST_WAITS = 600;

  @Test
  void changesEveryTableAndGoesOnAfterACrash() throws Exception {
    CrashablePostgres source = CrashablePostgres.start(15, Map.of());
    try (Connection connection = source.connect()) {
      SchemaSql.create(connection);
      SchemaSql.fill(connection, Scale.SHORT);
    }
    Load load = Load.start(source, Scale.SHORT, new SplittableRandom(1));
    try {
      await(load, ENOUGH / 4);
      source.kill();
      source.restart();
      await(load, load.transactions() + ENOUGH);
    } finally {
      load.end();
    }
    try (Connection connection = source.connect();
        Connection other = source.connect()) {
      assertThat(unchanged(connection)).isEmpty();
      assertThat(Books.read(connection).isWhole()).isTrue();
      assertThat(new CompareTables(connection, other).compare())
          .hasSize(TABLES)
          .allMatch(Compared::isEqual);
    }
  }

  private static void await(Load load, long transactions) throws InterruptedException {
    for (int i = 0; i < MOST_WAITS && load.transactions() < transactions; i++) {
      Thread.sleep(100);
    }
    assertThat(load.transactions())
        .as("refused: %s", load.lastRefusal())
        .isGreaterThanOrEqualTo(transactions);
  }

  /** The tables in which nothing was changed since the crash. */
  private static List<String> unchanged(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT relname FROM pg_stat_user_tables JOIN pg_class USING (relname) WHERE relkind = 'r'"
                    + " AND relname <> 'bulk' AND n_tup_ins + n_tup_upd + n_tup_del = 0")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }
}
