package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Filter;
import dev.lockstep.connectors.jdbc.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A {@link Filter} as a condition on rows of {@code t}: null where the filter is unknown, or where
 * a value is one that PostgreSQL and expressions see differently.
 */
final class PgFilter {
  private final Map<String, PgWire> columns;
  private final Dialect dialect;

  private PgFilter(Map<String, PgWire> columns, Dialect dialect) {
    this.columns = columns;
    this.dialect = dialect;
  }

  /** What came of it. */
  sealed interface Written {
    /**
     * It can be asked.
     *
     * @param decides whether it has an answer for every row, so that it is never null
     */
    record Sql(String condition, boolean decides) implements Written {}

    /** The server cannot tell; the reason ends a sentence. */
    record Not(String reason) implements Written {}
  }

  static Written write(Filter filter, Map<String, PgWire> columns, Dialect dialect) {
    try {
      PgFilter writer = new PgFilter(columns, dialect);
      return new Written.Sql(writer.sql(filter), writer.decides(filter));
    } catch (Unwritable e) {
      return new Written.Not(e.reason);
    }
  }

  private static final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Unwritable(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }

  private String sql(Filter filter) {
    return switch (filter) {
      case Filter.All(List<Filter> of) -> joined(of, " AND ");
      case Filter.Any(List<Filter> of) -> joined(of, " OR ");
      case Filter.Not(Filter of) -> "(NOT " + sql(of) + ")";
      case Filter.Holds(String field) -> "(" + term(field, PgTerm.Kind.TRUTH).sql() + ")";
      case Filter.IsNull(String field) -> isNull(term(field));
      case Filter.In(String field, List<Object> values) -> in(field, values);
      case Filter.Same(String field, String other) -> same(term(field), term(field, other));
      case Filter.Compared(String field, Filter.Order order, Object value) ->
          sure(List.of(term(field)), term(field).sql() + sign(order) + literal(field, value));
      case Filter.ComparedFields(String field, Filter.Order order, String other) ->
          sure(
              List.of(term(field), term(field, other)),
              term(field).sql() + sign(order) + term(other).sql());
      case Filter.StartsWith(String field, String prefix) ->
          "starts_with("
              + term(field, PgTerm.Kind.TEXT).sql()
              + ", "
              + literal(field, prefix)
              + ")";
    };
  }

  private boolean decides(Filter filter) {
    return switch (filter) {
      case Filter.All(List<Filter> of) -> of.stream().allMatch(this::decides);
      case Filter.Any(List<Filter> of) -> of.stream().allMatch(this::decides);
      case Filter.Not(Filter of) -> decides(of);
      case Filter.Holds(String field) -> term(field).required();
      case Filter.IsNull(String field) -> term(field).sure().isEmpty();
      case Filter.In(String field, var values) -> term(field).sure().isEmpty();
      case Filter.Same(String field, String other) ->
          term(field).sure().isEmpty() && term(other).sure().isEmpty();
      case Filter.Compared(String field, var order, var value) -> isSureAndRequired(field);
      case Filter.ComparedFields(String field, var order, String other) ->
          isSureAndRequired(field) && isSureAndRequired(other);
      case Filter.StartsWith(String field, var prefix) -> term(field).required();
    };
  }

  private boolean isSureAndRequired(String field) {
    return term(field).required() && term(field).sure().isEmpty();
  }

  private String joined(List<Filter> of, String with) {
    return of.stream().map(this::sql).collect(Collectors.joining(with, "(", ")"));
  }

  private static String isNull(PgTerm term) {
    return term.sure()
        .map(sure ->
            "(CASE WHEN " + term.sql() + " IS NULL THEN true WHEN " + sure + " THEN false END)")
        .orElse("(" + term.sql() + " IS NULL)");
  }

  private String in(String field, List<Object> values) {
    PgTerm term = term(field);
    List<String> literals = new ArrayList<>();
    for (Object value : values) {
      literals.add(literal(field, value));
    }
    String in = term.sql() + " IN (" + String.join(", ", literals) + ")";
    return term.sure()
        .map(sure ->
            "(CASE WHEN "
                + term.sql()
                + " IS NULL THEN false WHEN "
                + sure
                + " THEN "
                + in
                + " END)")
        .orElse("coalesce(" + in + ", false)");
  }

  private static String same(PgTerm a, PgTerm b) {
    String same = a.sql() + " IS NOT DISTINCT FROM " + b.sql();
    Function<PgTerm, String> known =
        term ->
            term.sure().map(sure -> "(" + term.sql() + " IS NULL OR " + sure + ")").orElse("true");
    return a.sure().isEmpty() && b.sure().isEmpty()
        ? "(" + same + ")"
        : "(CASE WHEN " + known.apply(a) + " AND " + known.apply(b) + " THEN " + same + " END)";
  }

  /** A comparison, where all that it compares is known to compare so; null elsewhere. */
  private static String sure(List<PgTerm> terms, String comparison) {
    List<String> sure = terms.stream().flatMap(term -> term.sure().stream()).toList();
    return sure.isEmpty()
        ? "(" + comparison + ")"
        : "(CASE WHEN " + String.join(" AND ", sure) + " THEN " + comparison + " END)";
  }

  private static String sign(Filter.Order order) {
    return switch (order) {
      case LESS -> " < ";
      case AT_MOST -> " <= ";
      case MORE -> " > ";
      case AT_LEAST -> " >= ";
    };
  }

  private PgTerm term(String field) {
    PgWire wire = columns.get(field);
    if (wire == null) {
      throw new Unwritable("the source has no column '" + field + "'");
    }
    Optional<PgTerm> term = PgTerm.of(wire, "t." + dialect.quote(field));
    return term.orElseThrow(
        () -> new Unwritable("`where` looks at column '" + field + "' (" + wire.text() + ")"));
  }

  private PgTerm term(String field, PgTerm.Kind kind) {
    PgTerm term = term(field);
    if (term.kind() != kind) {
      throw unlike(field);
    }
    return term;
  }

  /** Another column, which must be of the same kind. */
  private PgTerm term(String field, String other) {
    return term(other, term(field).kind());
  }

  private String literal(String field, Object value) {
    return term(field).literal(value).orElseThrow(() -> unlike(field));
  }

  private Unwritable unlike(String field) {
    return new Unwritable("`where` compares column '" + field + "' with another type");
  }
}
