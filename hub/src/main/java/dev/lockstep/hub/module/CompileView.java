package dev.lockstep.hub.module;

import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Type;
import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.SystemField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Holds a declared view against its object: a {@link View}, or all that does not fit. */
final class CompileView {
  private static final int MOST_PARTS = 3;

  private final ViewSpec spec;
  private final ObjectDefinition object;
  private final SequencedMap<String, FieldSpec> declared;
  private final List<Problem> problems = new ArrayList<>();

  private CompileView(ViewSpec spec, ObjectDefinition object) {
    this.spec = spec;
    this.object = object;
    this.declared = spec.fields().orElseGet(() -> all(object));
  }

  /**
   * What became of a view.
   *
   * @param view empty when there are problems, whose settings are paths within the view
   * @param sound what the fields that fit promise
   */
  record Compiled(
      ObjectDefinition object, Optional<View> view, List<Problem> problems, ObjectContract sound) {
    Compiled {
      problems = List.copyOf(problems);
    }
  }

  static Compiled of(ViewSpec spec, ObjectDefinition object) {
    return new CompileView(spec, object).compiled();
  }

  private static SequencedMap<String, FieldSpec> all(ObjectDefinition object) {
    SequencedMap<String, FieldSpec> all = new LinkedHashMap<>();
    for (ObjectField field : object.fields()) {
      if (!object.rules().kept().contains(field.name())) {
        all.put(field.name(), FieldSpec.Kept.of(field.name()));
      }
    }
    return all;
  }

  private Compiled compiled() {
    List<Shown> fields = new ArrayList<>();
    declared.forEach((name, field) -> {
      int before = problems.size();
      name(name);
      Optional<Shown> shown = shown(name, field);
      if (problems.size() == before) {
        shown.ifPresent(fields::add);
      }
    });
    if (declared.isEmpty()) {
      add("fields", "no field is shown", "name one, or leave fields out to show all");
    }
    written();
    Map<String, Object> hidden = hidden();
    for (ObjectField field : object.fields()) {
      if (demanded(field) && !isShown(field.name()) && !hidden.containsKey(field.name())) {
        add(
            "fields",
            "'"
                + field.name()
                + "' of "
                + object.name()
                + " is required and not shown, so that"
                + " nothing could be created",
            "show it, or write defaults: {" + field.name() + ": …}");
      }
    }
    return new Compiled(
        object,
        problems.isEmpty() ? Optional.of(new View(spec, object, fields, hidden)) : Optional.empty(),
        problems,
        ObjectContract.of(object.name(), fields));
  }

  private void name(String name) {
    String place = "fields." + name;
    if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,119}")) {
      add(place, "'" + name + "' cannot name a field", "write letters, digits and '_'");
    } else if (SystemField.named(name).isPresent()) {
      add(place, "'" + name + "' is shown of every entry", "leave it out");
    }
    declared.keySet().stream()
        .filter(other -> !other.equals(name))
        .filter(other -> other.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .ifPresent(
            other -> add(place, "'" + other + "' differs by case only", "rename one of them"));
  }

  private Optional<Shown> shown(String name, FieldSpec field) {
    return switch (field) {
      case FieldSpec.Kept kept ->
          source(name, "field", kept.field()).flatMap(it -> kept(name, kept, it));
      case FieldSpec.Joined joined -> joined(name, joined);
      case FieldSpec.PartOf part ->
          text(name, "split", part.field()).flatMap(it -> part(name, part, it));
      case FieldSpec.Constant(Type type, String value) ->
          value(name, "constant", type, value)
              .map(constant ->
                  new ShownConstant(new ObjectField(name, type, true, List.of(), null), constant));
    };
  }

  private Optional<Shown> kept(String name, FieldSpec.Kept kept, ObjectField source) {
    if (!kept.values().isEmpty()) {
      return words(name, kept, source);
    }
    Optional<Object> own =
        kept.initial().flatMap(text -> value(name, "default", source.type(), text));
    Object initial = own.orElse(source.initial());
    if (own.isPresent() && !source.oneOf().isEmpty() && !source.oneOf().contains(own.get())) {
      add(
          "fields." + name + ".default",
          "'" + own.get() + "' is no value of " + source.name(),
          NearestName.remedy(own.get().toString(), source.oneOf()));
    }
    boolean demanded = demanded(source);
    return Optional.of(
        new ShownField(
            new ObjectField(
                name,
                source.type(),
                own.isPresent() || demandedAtAll(source),
                source.oneOf(),
                initial),
            demanded && initial == null,
            source,
            own.orElse(null)));
  }

  private Optional<Shown> words(String name, FieldSpec.Kept kept, ObjectField source) {
    Map<String, String> taken = new HashMap<>();
    kept.values()
        .forEach((word, values) -> {
          String place = "fields." + name + ".values." + word;
          if (values.isEmpty()) {
            add(place, "no value is named", "write the value of " + source.name());
          }
          for (String value : values) {
            String other = taken.put(value, word);
            if (other != null) {
              add(place, "'" + value + "' is called '" + other + "' already", "name it once");
            } else if (!source.oneOf().isEmpty() && !source.oneOf().contains(value)) {
              add(
                  place,
                  "'" + value + "' is no value of " + source.name(),
                  NearestName.remedy(value, source.oneOf()));
            }
          }
        });
    if (!(source.type() instanceof Type.Text) || source.oneOf().isEmpty()) {
      add(
          "fields." + name + ".values",
          source.name() + " of " + object.name() + " is no text of certain values",
          "leave values out, or declare its values");
    }
    for (String value : source.oneOf()) {
      if (!taken.containsKey(value)) {
        add(
            "fields." + name + ".values",
            "'" + value + "' of " + source.name() + " has no word here",
            "add a word for it, or '" + value + "' to the values of one");
      }
    }
    kept.initial()
        .filter(it -> !kept.values().containsKey(it))
        .ifPresent(it ->
            add(
                "fields." + name + ".default",
                "'" + it + "' is none of its values",
                NearestName.remedy(it, kept.values().keySet())));
    String initial = kept.initial().orElseGet(() -> word(kept, source.initial()));
    boolean given = kept.initial().isPresent();
    return Optional.of(
        new ShownWords(
            new ObjectField(
                name,
                Type.Text.unlimited(),
                given || demandedAtAll(source),
                List.copyOf(kept.values().keySet()),
                initial),
            demanded(source) && initial == null,
            source,
            kept.values(),
            kept.initial().orElse(null)));
  }

  private static @Nullable String word(FieldSpec.Kept kept, @Nullable Object value) {
    return kept.values().entrySet().stream()
        .filter(word -> value != null && word.getValue().contains(value.toString()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private Optional<Shown> joined(String name, FieldSpec.Joined joined) {
    if (joined.fields().size() < 2 || joined.fields().size() > MOST_PARTS) {
      add("fields." + name + ".join", joined.fields().size() + " fields", "name 2 or 3");
    }
    List<ObjectField> sources = new ArrayList<>();
    joined.fields().forEach(field -> text(name, "join", field).ifPresent(sources::add));
    separator(name, joined.cut());
    if (sources.size() != joined.fields().size()) {
      return Optional.empty();
    }
    int room = joined.cut().by().length() * (sources.size() - 1);
    for (ObjectField source : sources) {
      int most = ((Type.Text) source.type()).maxLength();
      room = most == 0 || room < 0 ? -1 : room + most;
    }
    return Optional.of(
        new ShownJoined(
            new ObjectField(
                name,
                new Type.Text(Math.max(0, room)),
                sources.stream().anyMatch(this::demandedAtAll),
                List.of(),
                null),
            sources.stream().anyMatch(this::demanded),
            joined.fields(),
            joined.cut()));
  }

  private Optional<Shown> part(String name, FieldSpec.PartOf part, ObjectField source) {
    separator(name, part.cut());
    List<Integer> parts = new ArrayList<>();
    for (FieldSpec other : declared.values()) {
      if (other instanceof FieldSpec.PartOf(String field, int number, Cut cut)
          && field.equals(part.field())) {
        parts.add(number);
        if (!cut.equals(part.cut())) {
          add(
              "fields." + name,
              "the parts of " + field + " are cut differently",
              "write the same by and at");
        }
      }
    }
    boolean whole = parts.size() >= 2 && parts.size() <= MOST_PARTS;
    for (int i = 1; i <= parts.size(); i++) {
      whole &= parts.contains(i);
    }
    if (!whole) {
      add(
          "fields." + name + ".part",
          "the parts of " + part.field() + " are " + parts,
          "show each part once: 1 and 2, or 1 to 3");
    }
    boolean first = part.part() == 1;
    return Optional.of(
        new ShownPart(
            new ObjectField(name, source.type(), first && demandedAtAll(source), List.of(), null),
            first && demanded(source),
            part.field(),
            part.part() - 1,
            parts.size(),
            part.cut()));
  }

  private void separator(String name, Cut cut) {
    if (cut.by().isEmpty()) {
      add("fields." + name + ".by", "nothing would part the parts", "write by: \" \"");
    }
  }

  /** No field of the object is written by two of the view's, apart from the parts of a text. */
  private void written() {
    Map<String, String> writers = new HashMap<>();
    declared.forEach((name, field) -> {
      List<String> sources =
          switch (field) {
            case FieldSpec.Kept kept -> List.of(kept.field());
            case FieldSpec.Joined joined -> joined.fields();
            case FieldSpec.PartOf part ->
                part.part() == 1 ? List.of(part.field()) : List.<String>of();
            case FieldSpec.Constant _ -> List.<String>of();
          };
      for (String source : sources) {
        String other = writers.put(source, name);
        if (other != null) {
          add(
              "fields." + name,
              "'" + source + "' is what '" + other + "' shows already",
              "show each field of the object once");
        }
      }
    });
  }

  private Map<String, Object> hidden() {
    Map<String, Object> hidden = new LinkedHashMap<>();
    spec.defaults()
        .forEach((name, text) -> {
          if (isShown(name)) {
            add(
                "defaults." + name,
                "'" + name + "' is shown",
                "write its default beside it, under fields");
            return;
          }
          Optional<ObjectField> field = object.field(name);
          if (field.isEmpty() || object.rules().kept().contains(name)) {
            add(
                "defaults." + name,
                "'" + name + "' is no field of " + object.name(),
                NearestName.remedy(name, names()));
          } else {
            try {
              hidden.put(name, fitting(field.get(), text));
            } catch (IllegalArgumentException unfit) {
              add("defaults." + name, message(unfit), "write another");
            }
          }
        });
    return hidden;
  }

  private boolean isShown(String source) {
    return declared.values().stream()
        .anyMatch(field ->
            switch (field) {
              case FieldSpec.Kept kept -> kept.field().equals(source);
              case FieldSpec.Joined joined -> joined.fields().contains(source);
              case FieldSpec.PartOf part -> part.field().equals(source);
              case FieldSpec.Constant _ -> false;
            });
  }

  /** Whether an entry cannot be created without a value being sent. */
  private boolean demanded(ObjectField field) {
    return demandedAtAll(field) && field.initial() == null;
  }

  private boolean demandedAtAll(ObjectField field) {
    return field.required() || object.rules().demanded().contains(field.name());
  }

  private Optional<ObjectField> source(String name, String key, String field) {
    Optional<ObjectField> found = object.field(field);
    if (found.isEmpty()) {
      add(
          "fields." + name + "." + key,
          "'" + field + "' is no field of " + object.name(),
          NearestName.remedy(field, names()));
    } else if (object.rules().kept().contains(field)) {
      add(
          "fields." + name + "." + key,
          "'" + field + "' of " + object.name() + " stands for more than its value",
          "leave it out: it is shown and set over the API of entries");
    }
    return found;
  }

  private Optional<ObjectField> text(String name, String key, String field) {
    Optional<ObjectField> found = source(name, key, field);
    if (found.isPresent()
        && (!(found.get().type() instanceof Type.Text) || !found.get().oneOf().isEmpty())) {
      add(
          "fields." + name + "." + key,
          "'" + field + "' of " + object.name() + " is no free text",
          "name a text");
      return Optional.empty();
    }
    return found;
  }

  private List<String> names() {
    return object.fields().stream()
        .map(ObjectField::name)
        .filter(name -> !object.rules().kept().contains(name))
        .toList();
  }

  private Optional<Object> value(String name, String key, Type type, String text) {
    try {
      return Optional.of(ObjectField.parsed(type, text));
    } catch (IllegalArgumentException unfit) {
      add(
          "fields." + name + "." + key,
          message(unfit),
          "write a value of the type " + type.label());
      return Optional.empty();
    }
  }

  private static Object fitting(ObjectField field, String text) {
    if (!field.oneOf().isEmpty() && !field.oneOf().contains(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is none of " + String.join(", ", field.oneOf()));
    }
    return ObjectField.parsed(field.type(), text);
  }

  private static String message(IllegalArgumentException unfit) {
    return String.valueOf(unfit.getMessage());
  }

  private void add(String place, String message, String remedy) {
    problems.add(new Problem(place, message, remedy));
  }
}
