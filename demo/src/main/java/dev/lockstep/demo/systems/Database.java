package dev.lockstep.demo.systems;

import io.trino.tpch.Customer;
import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.TextPool;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;

/** A database server for one database, kept in a file: finance, or the reporting one. */
public final class Database {
  /** TPC-H's scale: 150,000 customers times this. */
  private static final double SCALE = 0.1;

  private static final int BATCH = 1_000;
  private static final int POOL_BYTES = 1 << 20;
  private static final String CUSTOMERS =
      """
      CREATE TABLE IF NOT EXISTS "customers" (
        "custkey" BIGINT PRIMARY KEY,
        "name" VARCHAR(25) NOT NULL,
        "address" VARCHAR(40) NOT NULL,
        "nationkey" BIGINT NOT NULL,
        "phone" VARCHAR(15) NOT NULL,
        "acctbal" NUMERIC(15, 2) NOT NULL,
        "mktsegment" VARCHAR(10) NOT NULL,
        "comment" VARCHAR(117) NOT NULL)
      """;
  private static final String BALANCES =
      """
      CREATE TABLE IF NOT EXISTS "account_balances" (
        "customer" BIGINT PRIMARY KEY,
        "name" VARCHAR(25) NOT NULL,
        "segment" VARCHAR(10) NOT NULL,
        "balance" NUMERIC(15, 2) NOT NULL)
      """;

  private Database() {}

  /**
   * Serves until its parent is gone.
   *
   * @param args its name (finance or reports), the port, the folder of its file, the file with its
   *     password
   */
  public static void main(String[] args) throws IOException, SQLException {
    EndWithParent.watch();
    // Read by H2 when it is loaded; otherwise it would listen on every address.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    String name = args[0];
    String password = Files.readString(Path.of(args[3])).strip();
    String url = "jdbc:h2:file:" + Path.of(args[2]).toAbsolutePath() + "/" + name;
    try (Connection connection = DriverManager.getConnection(url, name, password)) {
      prepare(connection, name);
      Server.createTcpServer("-tcpPort", args[1], "-baseDir", args[2], "-ifExists").start();
      Announce.ready();
      stayOpen();
    }
  }

  /** With its last connection the database would be closed, and be opened anew for each caller. */
  private static void stayOpen() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void prepare(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(name.equals("finance") ? CUSTOMERS : BALANCES);
      if (name.equals("finance")) {
        ResultSet row = statement.executeQuery("SELECT count(*) FROM \"customers\"");
        row.next();
        if (row.getLong(1) == 0) {
          load(connection);
        }
      }
    }
  }

  private static void load(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    String sql = "INSERT INTO \"customers\" VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int rows = 0;
      for (Customer customer : customers()) {
        bind(statement, customer);
        statement.addBatch();
        rows++;
        if (rows % BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static CustomerGenerator customers() {
    Distributions distributions = Distributions.getDefaultDistributions();
    // The generator's own pool is 300 MB, and only comments are cut from it.
    TextPool comments = new TextPool(POOL_BYTES, distributions);
    return new CustomerGenerator(SCALE, 1, 1, distributions, () -> comments);
  }

  private static void bind(PreparedStatement statement, Customer customer) throws SQLException {
    statement.setLong(1, customer.customerKey());
    statement.setString(2, customer.name());
    statement.setString(3, customer.address());
    statement.setLong(4, customer.nationKey());
    statement.setString(5, customer.phone());
    statement.setBigDecimal(6, BigDecimal.valueOf(customer.accountBalanceInCents(), 2));
    statement.setString(7, customer.marketSegment());
    statement.setString(8, customer.comment());
  }
}
