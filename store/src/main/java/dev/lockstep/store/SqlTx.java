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
  private final Statements statements;
  private final Faults faults;
  private final Thread owner = Thread.currentThread();
  private boolean ended;
  private @Nullable StoreException broken;

  SqlTx(Statements statements, Faults faults) {
    this.statements = statements;
    this.faults = faults;
  }

  @Override
  public int update(String sql, @Nullable Object... values) {
    return with(
        sql,
        statement -> {
          Values.bind(statement, values);
          return statement.executeUpdate();
        });
  }

  @Override
  public void batch(String sql, List<@Nullable Object[]> values) {
    with(
        sql,
        statement -> {
          for (@Nullable Object[] each : values) {
            Values.bind(statement, each);
            statement.executeUpdate();
          }
          return values.size();
        });
  }

  @Override
  public long insert(String sql, @Nullable Object... values) {
    update(sql, values);
    return first("select last_insert_rowid()", columns -> columns.integer(1)).orElseThrow();
  }

  @Override
  public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values) {
    List<T> rows = new ArrayList<>();
    each(sql, mapper, rows::add, values);
    return rows;
  }

  @Override
  public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values) {
    return query(
        sql,
        values,
        rows ->
            rows.next()
                ? Optional.of(mapper.map(new ResultColumns(rows, faults)))
                : Optional.empty());
  }

  @Override
  public <T> void each(
      String sql, Mapper<T> mapper, Consumer<T> consumer, @Nullable Object... values) {
    query(
        sql,
        values,
        rows -> {
          Columns columns = new ResultColumns(rows, faults);
          int count = 0;
          while (rows.next()) {
            consumer.accept(mapper.map(columns));
            count++;
          }
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
          Values.bind(statement, values);
          try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
          }
        });
  }

  private <T> T with(String sql, Use<T> use) {
    if (ended || Thread.currentThread() != owner) {
      throw new IllegalStateException("a Tx was used outside the work it was given to");
    }
    // SQLite may have rolled back already: another statement would then run, and stay, by itself.
    throwIfBroken();
    try {
      PreparedStatement statement = statements.take(sql);
      T result;
      try {
        result = use.of(statement);
      } catch (Throwable e) {
        statement.close();
        throw e;
      }
      statements.giveBack(sql, statement);
      return result;
    } catch (SQLException e) {
      StoreException fault = faults.of(e);
      if (Faults.endsTransaction(e)) {
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
