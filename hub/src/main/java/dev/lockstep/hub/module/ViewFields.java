package dev.lockstep.hub.module;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.SystemField;
import dev.lockstep.hub.filter.Fields;
import dev.lockstep.hub.filter.FilterField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields by which entries can be filtered and sorted, as a version names them. */
final class ViewFields implements Fields {
  private static final List<SystemField> SYSTEM =
      List.of(
          SystemField.ID,
          SystemField.EXTERNAL_REFERENCE_CODE,
          SystemField.DATE_CREATED,
          SystemField.DATE_MODIFIED);

  private final Hub hub;
  private final View view;

  ViewFields(Hub hub, View view) {
    this.hub = hub;
    this.view = view;
  }

  @Override
  public Optional<FilterField> find(List<String> path) {
    if (path.size() != 1) {
      return Optional.empty();
    }
    String name = path.getFirst();
    Optional<SystemField> system = system(name);
    return system.isPresent()
        ? Optional.of(own(system.get()))
        : view.field(name).flatMap(field -> field.filter(this::sql));
  }

  private static Optional<SystemField> system(String name) {
    return SYSTEM.stream().filter(field -> field.title().equals(name)).findFirst();
  }

  FilterField id() {
    return own(SystemField.ID);
  }

  private FilterField own(SystemField field) {
    FilterField found = FilterField.of(field.type(), sql(field.title()));
    // Moments that the hub keeps stand as microseconds.
    return field.type() instanceof Type.Timestamp
        ? found.as(moment -> ColumnForm.micros((Instant) moment))
        : found;
  }

  private String sql(String field) {
    String object = view.object().name();
    return hub.tableName(object) + "." + hub.column(object, field);
  }

  /** The type of a field that {@link #find} knows. */
  Type type(String name) {
    return system(name)
        .map(SystemField::type)
        .orElseGet(() -> view.field(name).orElseThrow().field().type());
  }

  /** What an entry has in a field that {@link #find} knows. */
  @Nullable Object value(String name, Entry entry) {
    return switch (system(name).orElse(null)) {
      case ID -> entry.id();
      case EXTERNAL_REFERENCE_CODE -> entry.externalReferenceCode();
      case DATE_CREATED -> entry.dateCreated();
      case DATE_MODIFIED -> entry.dateModified();
      case VERSION -> entry.version();
      case null -> view.field(name).orElseThrow().read(entry.values());
    };
  }

  @Override
  public Collection<String> names(List<String> parents) {
    List<String> names = new ArrayList<>();
    if (parents.isEmpty()) {
      SYSTEM.forEach(field -> names.add(field.title()));
      view.fields().stream()
          .filter(field -> field.filter(this::sql).isPresent())
          .forEach(field -> names.add(field.field().name()));
    }
    return names;
  }
}
