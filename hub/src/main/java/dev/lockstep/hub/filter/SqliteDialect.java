package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * SQLite. It has no exact decimal and holds decimals as text, so they are compared as texts: first
 * by sign, then by how many characters stand before the point, then, since no number begins with a
 * zero too many, character by character. A cast to REAL would take 0.1 + 2^-60 for 0.1.
 */
final class SqliteDialect extends Dialect {
  private final UnaryOperator<Object> form;

  SqliteDialect(UnaryOperator<Object> form) {
    this.form = form;
  }

  @Override
  Object value(Type type, Object carrier) {
    return form.apply(carrier);
  }

  @Override
  String parameter(Type type) {
    return "?";
  }

  @Override
  Fragment ordered(Type type, String sql, Expression.Operator operator, Object value) {
    if (type instanceof Type.Decimal) {
      return decimal(sql, operator, (String) value);
    }
    return Fragment.of("(" + sql + " IS NOT NULL AND " + sql + operator.sql() + " ?)", value);
  }

  private static Fragment decimal(String sql, Expression.Operator operator, String value) {
    boolean negative = value.startsWith("-");
    boolean less = operator.sql().startsWith("<");
    int point = value.indexOf('.');
    int width = (point < 0 ? value.length() : point) + 1;
    String same = negative ? "NOT " + nonNegative(sql) : nonNegative(sql);
    String other = negative ? nonNegative(sql) : "NOT " + nonNegative(sql);
    // Among negatives what is longer is less, and so is what comes later as text.
    String byWidth = width(sql) + (less == negative ? " > " : " < ") + width;
    String byText =
        "("
            + (width(sql) + " = " + width + " AND " + sql)
            + (negative ? mirrored(operator.sql()) : operator.sql())
            + " ?)";
    String within = "(" + same + " AND (" + byWidth + " OR " + byText + "))";
    // All of the other sign lie on one side.
    String found = less == negative ? within : "(" + other + " OR " + within + ")";
    return Fragment.of("(" + sql + " IS NOT NULL AND " + found + ")", value);
  }

  private static String mirrored(String operator) {
    return operator.startsWith("<") ? operator.replace('<', '>') : operator.replace('>', '<');
  }

  private static String nonNegative(String sql) {
    return "(substr(" + sql + ", 1, 1) <> '-')";
  }

  /** Characters before the point, sign included, and one. */
  private static String width(String sql) {
    return "instr(" + sql + " || '.', '.')";
  }

  @Override
  String comparable(Type type, String sql) {
    return sql;
  }

  @Override
  String lowered(String sql) {
    return "lower(" + sql + ")";
  }

  @Override
  String position(String sql) {
    return "instr(" + sql + ", ?)";
  }

  @Override
  String elements(String sql) {
    return "json_each(" + sql + ") AS " + ELEMENT;
  }

  @Override
  List<SortKey> sortKeys(Type type, String sql) {
    if (!(type instanceof Type.Decimal)) {
      return List.of(new SortKey(sql, false));
    }
    String when = "CASE WHEN " + nonNegative(sql) + " THEN ";
    return List.of(
        new SortKey(when + width(sql) + " ELSE -" + width(sql) + " END", false),
        new SortKey(when + sql + " END", false),
        new SortKey(when + "NULL ELSE " + sql + " END", true));
  }

  /** SQLite puts null before every value by itself. */
  @Override
  String directed(SortKey key, boolean descending) {
    return key.sql() + (key.reversed() == descending ? "" : " DESC");
  }
}
