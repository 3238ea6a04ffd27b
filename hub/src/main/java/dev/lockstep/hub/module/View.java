package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.Entries;
import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryProblem;
import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.SystemField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An object as one version shows it: the mapping between the two, in both directions. Immutable.
 */
final class View {
  private final ViewSpec spec;
  private final ObjectDefinition object;
  private final Map<String, Shown> fields = new LinkedHashMap<>();
  private final Map<String, Object> hidden;
  private final ObjectDefinition shape;

  /**
   * @param hidden what a new entry gets in fields that are not shown
   */
  View(ViewSpec spec, ObjectDefinition object, List<Shown> fields, Map<String, Object> hidden) {
    this.spec = spec;
    this.object = object;
    fields.forEach(field -> this.fields.put(field.field().name(), field));
    this.hidden = hidden;
    this.shape =
        new ObjectDefinition(object.name(), fields.stream().map(Shown::field).toList(), List.of());
  }

  ViewSpec spec() {
    return spec;
  }

  ObjectDefinition object() {
    return object;
  }

  List<Shown> fields() {
    return List.copyOf(fields.values());
  }

  Optional<Shown> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** What clients may send, as an object whose fields are those they see. */
  ObjectDefinition shape() {
    return shape;
  }

  /** A new entry. */
  Edit create(Entries entries, Draft sent) {
    Writing writing = new Writing(null, true);
    Draft draft = draft(sent, writing);
    return checked(entries, writing, new Edit.Create(draft));
  }

  /** The entry as it was sent; what this version does not show of one that is there stays. */
  Edit replace(Entries entries, Edit.Replace sent) {
    Optional<Entry> current = entries.find(sent.entry());
    Writing writing = new Writing(current.map(Entry::values).orElse(null), true);
    Draft draft = draft(sent.draft(), writing);
    return checked(
        entries,
        writing,
        current.isPresent()
            ? new Edit.Patch(sent.entry(), draft, sent.match())
            : new Edit.Replace(sent.entry(), draft, sent.match()));
  }

  /** The fields that were sent; the others stay. */
  Edit patch(Entries entries, Edit.Patch sent) {
    Row current = entries.find(sent.entry()).map(Entry::values).orElse(null);
    Writing writing = new Writing(current, false);
    Draft draft = draft(sent.draft(), writing);
    return checked(entries, writing, new Edit.Patch(sent.entry(), draft, sent.match()));
  }

  private Draft draft(Draft sent, Writing writing) {
    for (Map.Entry<String, @Nullable Object> value : sent.values().entrySet()) {
      Shown shown = fields.get(value.getKey());
      if (shown != null) {
        shown.write(value.getValue(), writing);
      } else if (!SystemField.isKeptByHub(value.getKey())) {
        writing.refuse(
            value.getKey(),
            Rule.UNKNOWN_FIELD,
            "is no field of " + spec.path(),
            NearestName.remedy(value.getKey(), fields.keySet()));
      }
    }
    if (writing.whole()) {
      complete(sent, writing);
    }
    return new Draft(sent.externalReferenceCode(), assembled(writing));
  }

  /** What was not sent of a whole entry: defaults of the version, then those of the object. */
  private void complete(Draft sent, Writing writing) {
    for (Shown shown : fields.values()) {
      if (sent.values().containsKey(shown.field().name()) || shown.fixed().isPresent()) {
        continue;
      }
      Object initial = shown.field().initial();
      if (initial != null) {
        shown.write(initial, writing);
      } else if (shown.demanded()) {
        writing.refuse(shown, Rule.REQUIRED, "is required", "send a value");
      } else if (!writing.isNew()) {
        shown.write(null, writing);
      }
    }
    if (writing.isNew()) {
      hidden.forEach((field, value) -> {
        if (!writing.values().containsKey(field)) {
          writing.put(field, value);
        }
      });
    }
  }

  private Map<String, @Nullable Object> assembled(Writing writing) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> value : writing.values().entrySet()) {
      if (value.getValue() instanceof ShownPart.Assembled assembled) {
        if (!assembled.isReadBack()) {
          writing.refuse(
              named(value.getKey()),
              Rule.VALIDATION,
              "are kept as '" + assembled.whole() + "' and could not be told apart again",
              "leave '"
                  + assembled.cut().by()
                  + "' out of the parts, and none of them before the last");
        }
        values.put(value.getKey(), assembled.whole());
      } else {
        values.put(value.getKey(), value.getValue());
      }
    }
    return values;
  }

  /** Tells all that is wrong at once, by the names that clients know. */
  private Edit checked(Entries entries, Writing writing, Edit edit) {
    List<EntryProblem> problems = new ArrayList<>(writing.problems());
    if (problems.isEmpty()) {
      return edit;
    }
    Set<String> told = new HashSet<>();
    problems.forEach(problem -> told.addAll(Arrays.asList(problem.field().split(",", -1))));
    for (EntryProblem more : translated(entries.problems(edit))) {
      if (!told.contains(more.field())) {
        problems.add(more);
      }
    }
    throw new EntriesRefused(problems);
  }

  /** Makes an edit of the object; what it is refused for is told by the names that clients know. */
  Applied apply(Entries entries, Edit edit) {
    try {
      return entries.apply(edit);
    } catch (EntriesRefused refused) {
      throw new EntriesRefused(translated(refused.problems()));
    }
  }

  /** Problems of the object in the names of this version. */
  private List<EntryProblem> translated(List<EntryProblem> problems) {
    return problems.stream()
        .map(it ->
            new EntryProblem(it.index(), it.rule(), named(it.field()), it.message(), it.remedy()))
        .distinct()
        .toList();
  }

  private String named(String sources) {
    return Arrays.stream(sources.split(",", -1))
        .flatMap(source -> {
          List<String> names =
              fields.values().stream()
                  .filter(shown -> shown.sources().contains(source))
                  .map(shown -> shown.field().name())
                  .toList();
          return names.isEmpty() ? List.of(source).stream() : names.stream();
        })
        .distinct()
        .collect(Collectors.joining(","));
  }

  /** What this version promises its clients of the object. */
  ObjectContract contract() {
    return ObjectContract.of(object.name(), fields());
  }
}
