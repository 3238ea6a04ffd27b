package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.util.List;

/**
 * PostgreSQL. Values that JDBC has several ways to bind are bound as texts and cast, so that they
 * arrive the same through any of them. Texts are compared in the collation "C", by code points
 * whatever the database's own is; an index serves that when the column has it.
 */
final class PostgresDialect extends Dialect {

  @Override
  Object value(Type type, Object carrier) {
    return switch (carrier) {
      case String text -> text;
      case Long number -> number;
      case Double number -> number;
      case Boolean bool -> bool;
      case BigDecimal number -> number.toPlainString();
      default -> carrier.toString();
    };
  }

  @Override
  String parameter(Type type) {
    return switch (type) {
      case Type.Decimal _ -> "CAST(? AS numeric)";
      case Type.Date() -> "CAST(? AS date)";
      case Type.Time() -> "CAST(? AS time)";
      case Type.DateTime() -> "CAST(? AS timestamp)";
      case Type.Timestamp() -> "CAST(? AS timestamptz)";
      default -> "?";
    };
  }

  @Override
  Fragment ordered(Type type, String sql, Expression.Operator operator, Object value) {
    return Fragment.of(
        "("
            + sql
            + " IS NOT NULL AND "
            + comparable(type, sql)
            + " "
            + operator.sql()
            + " "
            + parameter(type)
            + ")",
        value);
  }

  @Override
  String comparable(Type type, String sql) {
    return type instanceof Type.Text ? sql + " COLLATE \"C\"" : sql;
  }

  /** In "C" only A to Z have another case. */
  @Override
  String lowered(String sql) {
    return "lower(" + sql + " COLLATE \"C\")";
  }

  @Override
  String position(String sql) {
    return "strpos(" + sql + ", ?)";
  }

  @Override
  String elements(String sql) {
    return "json_array_elements_text(" + sql + ") AS " + ELEMENT + "(value)";
  }

  @Override
  List<SortKey> sortKeys(Type type, String sql) {
    return List.of(new SortKey(comparable(type, sql), false));
  }

  @Override
  String directed(SortKey key, boolean descending) {
    return key.sql() + (key.reversed() == descending ? " NULLS FIRST" : " DESC NULLS LAST");
  }
}
