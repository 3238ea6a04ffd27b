package dev.lockstep.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SQL within one transaction; prepared statements are cached by their text. Values are {@code
 * null}, {@code Long}, {@code Integer}, {@code Double}, {@code String}, {@code byte[]}, or {@code
 * Boolean} (as 0 and 1). Owned by the thread that runs the work; not to be kept. Throws {@link
 * StoreException}.
 */
public interface Tx {

  /** The database behind the store. */
  Product product();

  /** Runs a statement and returns how many rows it changed. */
  int update(String sql, @Nullable Object... values);

  /** Runs one statement for each set of values, prepared once. */
  void batch(String sql, List<@Nullable Object[]> values);

  /** Runs an insert and returns the row's id. */
  long insert(String sql, @Nullable Object... values);

  <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values);

  <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values);

  /** Hands over each row as it is read, for answers too large to hold. */
  <T> void each(String sql, Mapper<T> mapper, Consumer<T> consumer, @Nullable Object... values);

  /** Reads one row. */
  interface Mapper<T> {
    T map(Columns columns);
  }

  /**
   * The columns of the current row, counted from 1. A boolean is the integer 0 or 1; a date or a
   * time is its text in ISO 8601, a moment in UTC.
   */
  interface Columns {
    long integer(int column);

    double real(int column);

    /** Throws when the column is null. */
    String text(int column);

    Optional<String> optionalText(int column);

    byte[] blob(int column);

    boolean isNull(int column);
  }
}
