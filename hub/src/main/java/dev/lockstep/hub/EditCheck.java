package dev.lockstep.hub;

import dev.lockstep.connector.Row;
import dev.lockstep.store.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what can be known of an edit without the store, before the writer is troubled with it. */
final class EditCheck {
  private static final int LONGEST_CODE = 255;

  private final ObjectTable table;
  private final List<EntryProblem> problems = new ArrayList<>();

  EditCheck(ObjectTable table) {
    this.table = table;
  }

  /**
   * An edit whose values are checked.
   *
   * @param sent the declared fields' values as they are kept, {@link Row#ABSENT} where none was
   *     sent
   */
  record Checked(int index, Edit edit, @Nullable Object[] sent) {}

  List<EntryProblem> problems() {
    return problems;
  }

  /** The checked edit; empty when it has problems, which are then among {@link #problems}. */
  Optional<Checked> check(int index, Edit edit) {
    int before = problems.size();
    @Nullable Object[] sent =
        switch (edit) {
          case Edit.Create(Draft draft) -> whole(index, draft);
          case Edit.Replace(EntryRef entry, Draft draft, _) -> {
            sameCode(index, entry, draft);
            yield whole(index, draft);
          }
          case Edit.Patch(EntryRef entry, Draft draft, _) -> {
            sameCode(index, entry, draft);
            yield sent(index, draft);
          }
          case Edit.Merge(String code, Draft draft) -> {
            sameCode(index, new EntryRef.Code(code), draft);
            yield sent(index, draft);
          }
          case Edit.Delete _ -> new Object[0];
        };
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(new Checked(index, edit, sent));
  }

  /** Fills what a new entry was not sent with its default, and names what is required of it. */
  static List<EntryProblem> complete(int index, ObjectTable table, @Nullable Object[] values) {
    List<EntryProblem> missing = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == Row.ABSENT) {
        ObjectField field = table.definition().fields().get(i);
        values[i] = initial(field, table.product());
        if (field.required() && values[i] == null) {
          missing.add(
              new EntryProblem(index, Rule.REQUIRED, field.name(), "is required", "send a value"));
        }
      }
    }
    return missing;
  }

  private static @Nullable Object initial(ObjectField field, Product product) {
    return field.initial() != null
            && PostgresForm.kept(FieldCheck.check(field, field.initial()), product)
                instanceof FieldCheck.Good(Object value)
        ? value
        : null;
  }

  private @Nullable Object[] whole(int index, Draft draft) {
    code(index, draft.externalReferenceCode());
    @Nullable Object[] values = sent(index, draft);
    problems.addAll(complete(index, table, values));
    return values;
  }

  private @Nullable Object[] sent(int index, Draft draft) {
    @Nullable Object[] values = new Object[table.fields().size()];
    Arrays.fill(values, Row.ABSENT);
    for (Map.Entry<String, @Nullable Object> value : draft.values().entrySet()) {
      int place = table.fields().indexOf(value.getKey());
      if (place >= 0) {
        values[place] = checked(index, table.definition().fields().get(place), value.getValue());
      } else if (!SystemField.isKeptByHub(value.getKey())) {
        add(
            index,
            Rule.UNKNOWN_FIELD,
            value.getKey(),
            "is no field of " + table.definition().name(),
            NearestName.remedy(value.getKey(), table.fields().names()));
      }
    }
    return values;
  }

  private @Nullable Object checked(int index, ObjectField field, @Nullable Object value) {
    return switch (PostgresForm.kept(FieldCheck.check(field, value), table.product())) {
      case FieldCheck.Good(Object good) -> good;
      case FieldCheck.Bad(Rule rule, String message, String remedy) -> {
        add(index, rule, field.name(), message, remedy);
        // Not absent: what was sent wrongly is not also missing.
        yield value;
      }
    };
  }

  private void sameCode(int index, EntryRef entry, Draft draft) {
    if (entry instanceof EntryRef.Code(String addressed)) {
      code(index, addressed);
      String sent = draft.externalReferenceCode();
      if (sent != null && !sent.equals(addressed)) {
        add(
            index,
            Rule.CODE,
            SystemField.EXTERNAL_REFERENCE_CODE.title(),
            "is '" + sent + "' in the body and '" + addressed + "' in the address",
            "send the same, or leave it out of the body");
      }
    }
  }

  private void code(int index, @Nullable String code) {
    if (code == null) {
      return;
    }
    String field = SystemField.EXTERNAL_REFERENCE_CODE.title();
    if (code.isBlank() || code.chars().anyMatch(Character::isISOControl)) {
      add(
          index,
          Rule.CODE,
          field,
          "is blank or holds control characters",
          "send visible characters");
    } else if (code.codePointCount(0, code.length()) > LONGEST_CODE) {
      add(index, Rule.CODE, field, "is too long", "send at most " + LONGEST_CODE + " characters");
    } else if (FieldCheck.storable(code, code) instanceof FieldCheck.Bad bad) {
      add(index, Rule.CODE, field, bad.message(), bad.remedy());
    }
  }

  private void add(int index, Rule rule, String field, String message, String remedy) {
    problems.add(new EntryProblem(index, rule, field, message, remedy));
  }
}
