package dev.lockstep.hub.object;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.EntryRules;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.file.FileEntries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a definition demands of its entries beyond the types of their fields. */
final class ObjectRules implements EntryRules {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*");
  private static final Pattern PHONE = Pattern.compile("[+()0-9./ x-]{3,75}");

  private final Definition definition;
  private final Optional<FieldCipher> cipher;
  private final List<FieldRule> fields;
  private final RelatedEntries related;
  private final int status;
  private final int creator;
  private final boolean drafts;
  private final Validations validations;

  ObjectRules(
      Model model, Definition definition, List<ObjectField> kept, Optional<FieldCipher> cipher) {
    this.definition = definition;
    this.cipher = cipher;
    this.related = new RelatedEntries(model, definition);
    List<String> names = kept.stream().map(ObjectField::name).toList();
    this.status = names.indexOf(PublishedObject.STATUS);
    this.creator = names.indexOf(PublishedObject.CREATOR);
    this.drafts = definition.drafts();
    this.validations = new Validations(definition);
    List<FieldRule> rules = new ArrayList<>();
    for (DefinedField field : definition.ownFields()) {
      if (names.contains(field.name())) {
        rules.add(
            new FieldRule(
                field,
                names.indexOf(field.name()),
                field.state() ? field.transitions() : Map.of(),
                field.businessType().hasPicklist()
                    ? model.picklist(field.picklist()).map(Picklist::keys).orElse(List.of())
                    : List.of(),
                related.parentBy(field.name())));
      }
    }
    this.fields = List.copyOf(rules);
  }

  /**
   * One field as the rules see it, read from its document once.
   *
   * @param parent the name, in the hub, of the object it refers to
   */
  private record FieldRule(
      DefinedField field,
      int place,
      BusinessType type,
      String name,
      boolean required,
      Map<String, List<String>> transitions,
      List<String> keys,
      Optional<String> parent) {
    FieldRule(
        DefinedField field,
        int place,
        Map<String, List<String>> transitions,
        List<String> keys,
        Optional<String> parent) {
      this(
          field,
          place,
          field.businessType(),
          field.name(),
          field.required(),
          transitions,
          keys,
          parent);
    }
  }

  @Override
  public Set<String> kept() {
    Set<String> kept = new HashSet<>();
    kept.addAll(List.of(PublishedObject.STATUS, PublishedObject.CREATOR, PublishedObject.SITE));
    for (FieldRule rule : fields) {
      if (rule.type() == BusinessType.ENCRYPTED || rule.type() == BusinessType.ATTACHMENT) {
        kept.add(rule.name());
      }
    }
    return kept;
  }

  @Override
  public Set<String> demanded() {
    return fields.stream()
        .filter(FieldRule::required)
        .filter(rule -> rule.type() != BusinessType.AUTO_INCREMENT)
        .map(FieldRule::name)
        .collect(Collectors.toSet());
  }

  @Override
  public void complete(Scene scene, @Nullable Entry before, @Nullable Object[] values) {
    if (values[status] == null) {
      values[status] = before == null ? Long.valueOf(0) : before.values().get(status);
    }
    // Whoever is known is the creator; what the engine brings may name another.
    String who = scene.author().who();
    values[creator] =
        before == null ? who == null ? values[creator] : who : before.values().get(creator);
    for (FieldRule rule : fields) {
      if (rule.type() == BusinessType.ENCRYPTED && values[rule.place()] instanceof String text) {
        values[rule.place()] =
            sealed(rule, before == null ? null : before.values().get(rule.place()), text);
      }
      if (rule.type() == BusinessType.AUTO_INCREMENT) {
        values[rule.place()] =
            before == null || before.values().get(rule.place()) == null
                ? number(scene, rule)
                : before.values().get(rule.place());
      }
    }
  }

  /** Names a field to its cipher: a text that was sealed for one field is none of another. */
  static String place(Definition definition, DefinedField field) {
    return definition.path() + "." + field.name();
  }

  /** What is kept of a text that was sent; what stays the same stays as it was sealed. */
  private String sealed(FieldRule rule, @Nullable Object was, String text) {
    if (was != null && (was.equals(text) || opened(rule, was).equals(Optional.of(text)))) {
      return (String) was;
    }
    return cipher.orElseThrow().sealed(place(definition, rule.field()), text);
  }

  private Optional<String> opened(FieldRule rule, Object was) {
    try {
      return Optional.of(
          cipher.orElseThrow().opened(place(definition, rule.field()), (String) was));
    } catch (FieldCipher.NotSealedHere damaged) {
      return Optional.empty();
    }
  }

  /** {@code prefix0001suffix}: as many digits as the first number was written with. */
  private String number(Scene scene, FieldRule rule) {
    String first = rule.field().setting("initialValue").orElse("1");
    long start = first.matches("\\d{1,18}") ? Long.parseLong(first) : 1;
    long number = scene.next("field " + rule.field().id(), start);
    String digits = Long.toString(number);
    return rule.field().setting("prefix").orElse("")
        + "0".repeat(Math.max(0, first.length() - digits.length()))
        + digits
        + rule.field().setting("suffix").orElse("");
  }

  @Override
  public List<Broken> check(Scene scene, @Nullable Entry before, Entry after) {
    List<Broken> broken = new ArrayList<>();
    boolean draft = Objects.equals(after.values().get(status), 2L);
    if (draft && !drafts) {
      broken.add(
          new Broken(
              Rule.ONE_OF,
              PublishedObject.STATUS,
              "is a draft, and this object has none",
              "send the status 0, or set enableObjectEntryDraft"));
    }
    for (FieldRule rule : fields) {
      Object value = after.values().get(rule.place());
      Object was = before == null ? null : before.values().get(rule.place());
      if (value == null) {
        if (drafts && !draft && rule.required()) {
          broken.add(new Broken(Rule.REQUIRED, rule.name(), "is required", "send a value"));
        }
      } else if (before == null || !Objects.deepEquals(value, was)) {
        changed(scene, rule, was, value).ifPresent(broken::add);
      }
    }
    if (broken.isEmpty() && !draft) {
      broken.addAll(validations.broken(before, after, scene.now()));
    }
    return broken;
  }

  private static Optional<Broken> changed(
      Scene scene, FieldRule rule, @Nullable Object was, Object value) {
    return switch (rule.type()) {
      case INTEGER -> integer(rule, (Long) value);
      case PICKLIST -> transition(rule, was, (String) value);
      case MULTISELECT_PICKLIST -> keys(rule, (JsonText) value);
      case RELATIONSHIP -> parent(scene, rule, (Long) value);
      case ATTACHMENT -> file(scene, rule, (Long) value);
      case EMAIL_ADDRESS ->
          matches(rule, EMAIL, (String) value, "is no address", "send one such as a@example.com");
      case PHONE_NUMBER ->
          matches(rule, PHONE, (String) value, "is no number", "send digits, spaces, + ( ) . / -");
      case AGGREGATION,
          ASSIGNEE,
          AUTO_INCREMENT,
          BOOLEAN,
          DATE,
          DATE_TIME,
          DECIMAL,
          ENCRYPTED,
          FORMULA,
          LONG_INTEGER,
          LONG_TEXT,
          PRECISION_DECIMAL,
          RICH_TEXT,
          TEXT ->
          Optional.empty();
    };
  }

  private static Optional<Broken> integer(FieldRule rule, long value) {
    return value == (int) value
        ? Optional.empty()
        : Optional.of(
            new Broken(
                Rule.RANGE,
                rule.name(),
                "is outside of -2147483648 to 2147483647",
                "send a smaller number, or make the field a LongInteger"));
  }

  private static Optional<Broken> matches(
      FieldRule rule, Pattern form, String value, String message, String remedy) {
    return value.isEmpty() || form.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(new Broken(Rule.TYPE, rule.name(), message, remedy));
  }

  private static Optional<Broken> transition(FieldRule rule, @Nullable Object was, String value) {
    List<String> next = was == null ? null : rule.transitions().get((String) was);
    return next == null || next.contains(value)
        ? Optional.empty()
        : Optional.of(
            new Broken(
                Rule.TRANSITION,
                rule.name(),
                "cannot pass from '" + was + "' to '" + value + "'",
                next.isEmpty()
                    ? "leave it: nothing follows this state"
                    : "send one of " + String.join(", ", next)));
  }

  private static Optional<Broken> keys(FieldRule rule, JsonText value) {
    JsonNode list = Documents.JSON.readTree(value.text());
    boolean whole = list.isArray();
    for (JsonNode key : list) {
      whole &= key.isString() && rule.keys().contains(key.stringValue());
    }
    return whole
        ? Optional.empty()
        : Optional.of(
            new Broken(
                Rule.ONE_OF,
                rule.name(),
                "holds what is not in the picklist",
                "send a list of " + String.join(", ", rule.keys())));
  }

  private static Optional<Broken> parent(Scene scene, FieldRule rule, long id) {
    boolean there =
        rule.parent().map(it -> scene.find(it, new EntryRef.Id(id)).isPresent()).orElse(true);
    return there
        ? Optional.empty()
        : Optional.of(
            new Broken(
                Rule.REFERENCE,
                rule.name(),
                "refers to entry " + id + ", which is not there",
                "create that entry first, or send the id of one that is"));
  }

  private static Optional<Broken> file(Scene scene, FieldRule rule, long id) {
    return scene.holds(FileEntries.TABLE, "id", id)
        ? Optional.empty()
        : Optional.of(
            new Broken(
                Rule.REFERENCE,
                rule.name(),
                "refers to file " + id + ", which is not there",
                "send the file first, and then its id"));
  }

  @Override
  public List<Broken> deleting(Scene scene, Entry entry) {
    return related.deleting(scene, entry);
  }
}
