package dev.lockstep.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row a result stands on. */
final class ResultColumns implements Tx.Columns {
  private final ResultSet rows;
  private final Faults faults;

  ResultColumns(ResultSet rows, Faults faults) {
    this.rows = rows;
    this.faults = faults;
  }

  @Override
  public long integer(int column) {
    return read(() -> rows.getLong(column));
  }

  @Override
  public double real(int column) {
    return read(() -> rows.getDouble(column));
  }

  @Override
  public String text(int column) {
    return optionalText(column).orElseThrow(() -> isNullWhereNoneMayBe(column));
  }

  @Override
  public Optional<String> optionalText(int column) {
    return Optional.ofNullable(readNullable(() -> rows.getString(column)));
  }

  @Override
  public byte[] blob(int column) {
    byte[] bytes = readNullable(() -> rows.getBytes(column));
    if (bytes == null) {
      throw isNullWhereNoneMayBe(column);
    }
    return bytes;
  }

  @Override
  public boolean isNull(int column) {
    return readNullable(() -> rows.getObject(column)) == null;
  }

  private static IllegalStateException isNullWhereNoneMayBe(int column) {
    return new IllegalStateException("column " + column + " is null");
  }

  private <T> T read(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException e) {
      throw faults.of(e);
    }
  }

  private <T> @Nullable T readNullable(NullableGetter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException e) {
      throw faults.of(e);
    }
  }

  private interface Getter<T> {
    T get() throws SQLException;
  }

  private interface NullableGetter<T> {
    @Nullable T get() throws SQLException;
  }
}
