package dev.lockstep.simulation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A database whose items someone else keeps changing and deleting. Revisions only grow, in the
 * order of the commits.
 */
final class Erp {
  /**
   * How far back each incremental run reads again. The pages of a run are read one after the other,
   * so a row that changes meanwhile may be passed over while a younger one is seen: the overlap
   * must be longer than a run, and a run may be interrupted by kills. Rows that were not changed
   * after the beginning lie further back, so the runs are incremental nonetheless.
   */
  static final int OVERLAP = 100_000;

  private static final int ITEMS = 120;
  private static final int FIRST_CHANGE = 1_000_000;

  /** The keys lie apart, so that a small table is read in several partitions. */
  private static final int DISTANCE = 1_000;

  private static final int LONGEST_PAUSE_MILLIS = 25;
  private static final int MOST_CHANGES = 3;

  private final String url;
  private final Random random;
  private final CompletableFuture<Integer> changes = new CompletableFuture<>();
  private volatile boolean rests;
  private long revision;

  private Erp(String url, long seed) {
    this.url = url;
    this.random = new Random(seed);
  }

  static Erp create(Path file, long seed) throws SQLException {
    Erp erp = new Erp("jdbc:sqlite:" + file, seed);
    try (Connection connection = DriverManager.getConnection(erp.url)) {
      try (Statement statement = connection.createStatement()) {
        // So that who writes and who reads do not wait for each other.
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute(
            "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, rev INTEGER, quantity INTEGER)");
      }
      connection.setAutoCommit(false);
      for (int item = 0; item < ITEMS; item++) {
        erp.put(connection, item);
      }
      connection.commit();
    }
    erp.revision = FIRST_CHANGE;
    return erp;
  }

  /** Begins to change and delete items. */
  void stir() {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            changes.complete(keepChanging());
          } catch (SQLException | InterruptedException e) {
            changes.completeExceptionally(e);
          }
        });
  }

  /** Ends the changes; when it returns the last is committed. Answers how many there were. */
  int rest() {
    rests = true;
    return changes.join();
  }

  Records records() throws SQLException {
    return Records.of(url, "SELECT id, name, rev, quantity FROM items", "id");
  }

  private int keepChanging() throws SQLException, InterruptedException {
    int made = 0;
    try (Connection connection = DriverManager.getConnection(url);
        Statement patience = connection.createStatement()) {
      patience.execute("PRAGMA busy_timeout=30000");
      connection.setAutoCommit(false);
      while (!rests) {
        int most = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < most; i++) {
          change(connection, random.nextInt(ITEMS));
        }
        connection.commit();
        made += most;
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      }
    }
    return made;
  }

  private void change(Connection connection, int item) throws SQLException {
    if (random.nextInt(4) == 0) {
      delete(connection, item);
    } else {
      put(connection, item);
    }
  }

  private void put(Connection connection, int item) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)")) {
      insert.setInt(1, item * DISTANCE);
      insert.setString(2, "Item " + item + " é");
      insert.setLong(3, ++revision);
      insert.setInt(4, random.nextInt(1_000));
      insert.executeUpdate();
    }
  }

  private void delete(Connection connection, int item) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM items WHERE id = ?")) {
      delete.setInt(1, item * DISTANCE);
      delete.executeUpdate();
    }
  }
}
