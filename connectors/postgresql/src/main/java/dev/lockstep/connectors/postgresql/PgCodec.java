package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.Codec;
import dev.lockstep.connectors.jdbc.UnfitException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A column of PostgreSQL. Through JDBC every value passes as text, with a cast on either side;
 * through COPY it passes in PostgreSQL's binary form where {@link #isBinary}, and as text in the
 * same place where not.
 */
interface PgCodec extends Codec {

  /** The type to cast a text to; without a length, because an explicit cast would cut silently. */
  String castType();

  /** Reads PostgreSQL's text form. */
  Object parse(String text) throws UnfitException;

  /** Writes PostgreSQL's text form. */
  String print(Object value);

  /** Reads {@code length} bytes of a COPY field. */
  Object decode(byte[] bytes, int offset, int length) throws UnfitException;

  /** Writes a COPY field without its length. */
  void encode(PgBuffer out, Object value);

  /** Whether {@link #encode} is what the column's own type receives. */
  default boolean isBinary() {
    return true;
  }

  /** An expression whose equality is identity: some types have none, or one that ignores case. */
  default String comparable(String expression) {
    return expression;
  }

  default String copySelect(String quotedColumn) {
    return isBinary() ? quotedColumn : quotedColumn + "::text";
  }

  default String stagingType() {
    return isBinary() ? castType() : "text";
  }

  @Override
  default String select(String quotedColumn) {
    return quotedColumn + "::text";
  }

  @Override
  default String parameter() {
    return "?::" + castType();
  }

  @Override
  default @Nullable Object read(ResultSet row, int index) throws SQLException, UnfitException {
    String text = row.getString(index);
    return text == null ? null : parse(text);
  }

  @Override
  default void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    statement.setString(index, print(value));
  }

  @Override
  default String place(ResultSet row, int index) throws SQLException, UnfitException {
    return print(parse(row.getString(index)));
  }

  @Override
  default void bindPlace(PreparedStatement statement, int index, Type type, String place)
      throws SQLException {
    statement.setString(index, place);
  }
}
