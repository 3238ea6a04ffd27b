package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameter {@code aggregationTerms}: fields whose values are to be counted. Immutable and
 * thread-safe.
 */
public final class AggregationTerms {
  private static final String PARAMETER = "aggregationTerms";

  private final List<FieldPath> paths;

  private AggregationTerms(List<FieldPath> paths) {
    this.paths = List.copyOf(paths);
  }

  /**
   * Parses terms, of which each parameter sent holds one, or several between commas.
   *
   * @throws FilterFault where a name is missing, or more are asked than one request may
   */
  public static AggregationTerms parse(List<String> parameters) {
    List<FieldPath> paths = new ArrayList<>();
    for (String parameter : parameters) {
      if (parameter.length() > Limits.SORT_LENGTH) {
        throw fault(1, "the terms are too long", "write at most " + Limits.SORT_LENGTH);
      }
      if (parameter.isBlank()) {
        continue;
      }
      for (Piece piece : Piece.of(parameter, 1).split(',')) {
        FieldPath path = piece.path(PARAMETER);
        if (paths.stream().noneMatch(it -> it.segments().equals(path.segments()))) {
          paths.add(path);
        }
        if (paths.size() > Limits.TERMS) {
          throw fault(piece.column(), "there are more than " + Limits.TERMS, "ask for fewer");
        }
      }
    }
    return new AggregationTerms(paths);
  }

  /**
   * A facet for each term, in their order.
   *
   * @throws FilterFault where a field is unknown, or its values cannot be counted
   */
  public List<Facet> compile(Fields fields, Dialect dialect) {
    return paths.stream().map(path -> facet(fields, dialect, path)).toList();
  }

  private static Facet facet(Fields fields, Dialect dialect, FieldPath path) {
    FilterField field = ResolveField.of(PARAMETER, fields, path);
    boolean several = field.related().isPresent() && field.related().get().scalar().isEmpty();
    if (several
        || (field.related().isPresent() && field.isSet())
        || field.type() instanceof Type.Json
        || field.type() instanceof Type.Bytes) {
      throw fault(
          path.column(),
          "the values of " + FilterFault.quoted(path.toString()) + " cannot be counted",
          "ask for a field of this object, or of one related entry, of another type");
    }
    if (field.type() instanceof Type.ListOf(Type element)) {
      return new Facet(
          path.toString(),
          element,
          dialect.comparable(element, Dialect.ELEMENT_VALUE),
          ", " + dialect.elements(field.sql()));
    }
    String column = dialect.comparable(field.type(), field.sql());
    String value =
        field
            .related()
            .flatMap(Related::scalar)
            .map(template -> template.replace("%s", column))
            .orElse(column);
    return new Facet(path.toString(), field.type(), value, "");
  }

  private static FilterFault fault(int column, String problem, String remedy) {
    return new FilterFault(PARAMETER, column, problem, remedy);
  }
}
