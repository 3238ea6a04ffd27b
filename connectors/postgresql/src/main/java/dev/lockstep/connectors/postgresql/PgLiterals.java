package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.ScanSql;
import java.util.List;

/** Values inside a COPY statement, which takes no parameters. */
enum PgLiterals implements ScanSql.Form {
  INSTANCE;

  @Override
  public String place(Column column, String place, List<ScanSql.Bind> binds) {
    return literal(place) + "::" + ((PgCodec) column.codec()).castType();
  }

  @Override
  public String value(Column column, Object value, List<ScanSql.Bind> binds) {
    return place(column, ((PgCodec) column.codec()).print(value), binds);
  }

  @Override
  public String select(Column column, String quoted) {
    return ((PgCodec) column.codec()).copySelect(quoted);
  }

  /** Safe whatever standard_conforming_strings says. */
  static String literal(String text) {
    String quoted = text.replace("'", "''");
    return text.indexOf('\\') < 0 ? "'" + quoted + "'" : "E'" + quoted.replace("\\", "\\\\") + "'";
  }
}
