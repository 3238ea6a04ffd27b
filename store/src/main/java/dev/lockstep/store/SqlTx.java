package dev.lockstep.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The view of one transaction that one work gets. */
final class SqlTx implements Tx {
  private final Session session;
  private final Thread owner = Thread.currentThread();
  private boolean ended;
  private @Nullable StoreException broken;

  SqlTx(Session session) {
    this.session = session;
  }

  @Override
  public Product product() {
    return session.product();
  }

  @Override
  public int update(String sql, @Nullable Object... values) {
    return with(
        sql,
        statement -> {
          session.bind(statement, values);
          return statement.executeUpdate();
        });
  }

  @Override
  public void batch(String sql, List<@Nullable Object[]> values) {
    with(
        sql,
        statement -> {
          session.runForEach(statement, values);
          return values.size();
        });
  }

  @Override
  public long insert(String sql, @Nullable Object... values) {
    return session.insert(this, sql, values);
  }

  @Override
  public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values) {
    return query(
        sql,
        values,
        rows -> {
          List<T> all = new ArrayList<>();
          Columns columns = session.columns(rows);
          while (rows.next()) {
            all.add(mapper.map(columns));
          }
          return all;
        });
  }

  @Override
  public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values) {
    return query(
        sql,
        values,
        rows -> rows.next() ? Optional.of(mapper.map(session.columns(rows))) : Optional.empty());
  }

  @Override
  public <T> void each(
      String sql, Mapper<T> mapper, Consumer<T> consumer, @Nullable Object... values) {
    with(
        sql,
        statement -> {
          session.inPieces(statement, true);
          session.bind(statement, values);
          int count = 0;
          try (ResultSet rows = statement.executeQuery()) {
            Columns columns = session.columns(rows);
            while (rows.next()) {
              consumer.accept(mapper.map(columns));
              count++;
            }
          }
          session.inPieces(statement, false);
          return count;
        });
  }

  /** Work may have swallowed the failure that undid it; it must not be taken for done. */
  void throwIfBroken() {
    if (broken != null) {
      throw broken;
    }
  }

  void end() {
    ended = true;
  }

  private <T> T query(String sql, @Nullable Object[] values, Rows<T> reader) {
    return with(
        sql,
        statement -> {
          session.bind(statement, values);
          try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
          }
        });
  }

  private <T> T with(String sql, Use<T> use) {
    if (ended || Thread.currentThread() != owner) {
      throw new IllegalStateException("a Tx was used outside the work it was given to");
    }
    // The database may have rolled back already: another statement would then run, and stay, by
    // itself.
    throwIfBroken();
    try {
      String text = session.prepared(sql);
      PreparedStatement statement = session.statements.take(text);
      T result;
      try {
        result = use.of(statement);
      } catch (Throwable e) {
        statement.close();
        throw e;
      }
      session.statements.giveBack(text, statement);
      return result;
    } catch (SQLException e) {
      StoreException fault = session.faults.of(e);
      if (session.faults.endsTransaction(e)) {
        broken = fault;
      }
      throw fault;
    }
  }

  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }
}
