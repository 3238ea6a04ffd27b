package dev.lockstep.hub;

import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds all that is wrong with one object's definition. */
final class DefinitionCheck {
  private static final Pattern OBJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,119}");
  private static final int MOST_FIELDS = 500;

  private final String path;
  private final List<Problem> problems = new ArrayList<>();

  private DefinitionCheck(String path) {
    this.path = path;
  }

  static List<Problem> check(String name, List<ObjectField> fields, List<List<String>> unique) {
    DefinitionCheck check = new DefinitionCheck("hub.objects." + name);
    if (!OBJECT.matcher(name).matches()) {
      check.add(
          "",
          "'" + name + "' cannot name an object",
          "start with a letter and go on with at most 59 letters, digits, '_' or '-'");
    }
    check.fields(fields);
    check.unique(fields, unique);
    return List.copyOf(check.problems);
  }

  private void fields(List<ObjectField> fields) {
    if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
      add(".fields", fields.size() + " fields", "declare between 1 and " + MOST_FIELDS);
    }
    Map<String, String> seen = new HashMap<>();
    for (ObjectField field : fields) {
      String place = ".fields." + field.name();
      name(place, field.name());
      String other = seen.put(field.name().toLowerCase(Locale.ROOT), field.name());
      if (other != null) {
        add(
            place,
            "'" + field.name() + "' and '" + other + "' are told apart by case at most",
            "rename one of them");
      }
      type(place, field);
      values(place, field);
    }
  }

  private void name(String place, String name) {
    if (!FIELD.matcher(name).matches()) {
      add(
          place,
          "'" + name + "' cannot name a field",
          "start with a letter and go on with at most 119 letters, digits or '_'");
    }
    SystemField.named(name)
        .ifPresent(system ->
            add(
                place,
                "'" + system.title() + "' is kept by the hub for every entry",
                "leave it out, or choose another name"));
  }

  private void type(String place, ObjectField field) {
    switch (field.type()) {
      case Type.ListOf _ ->
          add(place + ".type", "a hub's field cannot be a list", "declare it as json");
      case Type.Any() ->
          add(place + ".type", "a hub's field has one type", "name it, or declare it as json");
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal _,
          Type.Text _,
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Json() -> {}
    }
  }

  private void values(String place, ObjectField field) {
    if (!field.oneOf().isEmpty() && !(field.type() instanceof Type.Text)) {
      add(
          place + ".oneOf",
          "only a text can be one of a list, and this is " + field.type().label(),
          "declare it as text, or leave out oneOf");
      return;
    }
    for (String value : field.oneOf()) {
      fits(
          place + ".oneOf",
          new ObjectField(field.name(), field.type(), false, List.of(), null),
          value);
    }
    if (new HashSet<>(field.oneOf()).size() < field.oneOf().size()) {
      add(place + ".oneOf", "a value stands twice", "write each once");
    }
    if (field.initial() != null) {
      fits(place + ".default", field, field.initial());
    }
  }

  private void fits(String place, ObjectField field, Object value) {
    if (FieldCheck.check(field, value) instanceof FieldCheck.Bad bad) {
      add(place, bad.message(), bad.remedy());
    }
  }

  private void unique(List<ObjectField> fields, List<List<String>> unique) {
    Set<String> names = new HashSet<>();
    fields.forEach(field -> names.add(field.name()));
    Set<Set<String>> seen = new HashSet<>();
    for (List<String> set : unique) {
      if (set.isEmpty() || !seen.add(Set.copyOf(new HashSet<>(set)))) {
        add(".unique", set + " is empty or stands twice", "write each set of fields once");
      }
      for (String name : set) {
        if (!names.contains(name)) {
          add(
              ".unique",
              "'" + name + "' is no field of this object",
              NearestName.remedy(name, names));
        }
      }
    }
  }

  private void add(String place, String message, String remedy) {
    problems.add(new Problem(path + place, message, remedy));
  }
}
