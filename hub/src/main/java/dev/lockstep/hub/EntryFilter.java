package dev.lockstep.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query as a condition in SQL, with one entry more than asked for, to know whether there are
 * more.
 */
record EntryFilter(String condition, @Nullable Object[] values) {

  static EntryFilter of(ObjectTable table, EntryQuery query) {
    StringBuilder condition = new StringBuilder("id > ?");
    List<@Nullable Object> values = new ArrayList<>();
    List<EntryProblem> problems = new ArrayList<>();
    values.add(query.afterId());
    for (Map.Entry<String, String> equal : query.equal().entrySet()) {
      try {
        values.add(value(table, equal.getKey(), equal.getValue()));
        condition.append(" AND ").append(column(table, equal.getKey())).append(" = ?");
      } catch (Refused refused) {
        problems.add(refused.problem);
      }
    }
    if (!problems.isEmpty()) {
      throw new EntriesRefused(problems);
    }
    values.add(query.limit() + 1L);
    return new EntryFilter(condition.append(" ORDER BY id LIMIT ?").toString(), values.toArray());
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient EntryProblem problem;

    Refused(Rule rule, String field, String message, String remedy) {
      super(message, null, false, false);
      this.problem = new EntryProblem(0, rule, field, message, remedy);
    }
  }

  private static String column(ObjectTable table, String name) {
    return name.equals(SystemField.EXTERNAL_REFERENCE_CODE.title()) ? "erc" : table.column(name);
  }

  private static Object value(ObjectTable table, String name, String text) throws Refused {
    if (name.equals(SystemField.EXTERNAL_REFERENCE_CODE.title())) {
      return text;
    }
    ObjectField field = table.definition().field(name).orElseThrow(() -> unknown(table, name));
    // Without oneOf: a value the field does not take is found in no entry, which is an answer.
    ObjectField open = new ObjectField(name, field.type(), true, List.of(), null);
    try {
      return switch (FieldCheck.check(open, Conversion.parse(field.type(), text))) {
        case FieldCheck.Good(Object value) when value != null -> ColumnForm.present(value);
        case FieldCheck.Good _ -> throw new IllegalStateException("a null was parsed");
        case FieldCheck.Bad(Rule rule, String message, String remedy) ->
            throw new Refused(rule, name, message, remedy);
      };
    } catch (Conversion.Unfit unfit) {
      throw new Refused(Rule.TYPE, name, unfit.fault(), unfit.remedy());
    }
  }

  private static Refused unknown(ObjectTable table, String name) {
    List<String> names =
        Stream.concat(
                Stream.of(SystemField.EXTERNAL_REFERENCE_CODE.title()),
                table.fields().names().stream())
            .toList();
    return new Refused(
        Rule.UNKNOWN_FIELD,
        name,
        "is no field of " + table.definition().name(),
        NearestName.remedy(name, names));
  }
}
