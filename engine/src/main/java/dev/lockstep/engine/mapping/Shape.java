package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** The target's fields, for a given schema of the source. */
sealed interface Shape {

  /** The target's fields are known: from {@code map}, or because the target takes no others. */
  record Fixed(List<TargetField> fields) implements Shape {
    public Fixed {
      fields = List.copyOf(fields);
    }
  }

  /** The target takes every field the source sends; those it lists have their own types. */
  record Everything(Schema listed) implements Shape {}

  default List<TargetField> of(Schema source) {
    return switch (this) {
      case Fixed(List<TargetField> fields) -> fields;
      case Everything(Schema listed) -> {
        List<TargetField> fields = new ArrayList<>(source.size());
        for (Field field : source.fields()) {
          int index = listed.indexOf(field.name());
          Field target = index < 0 ? field : listed.field(index);
          fields.add(new TargetField(target, new FieldSource.Copy(field.name())));
        }
        yield fields;
      }
    };
  }

  /** Whether every field is a copy of one of the source's. */
  default Mapper.Copying copying() {
    return switch (this) {
      case Fixed(List<TargetField> fields) -> copying(fields);
      case Everything(Schema listed) -> new Mapper.Copying.Computed("the target takes any field");
    };
  }

  private static Mapper.Copying copying(List<TargetField> fields) {
    SequencedMap<String, String> copied = new LinkedHashMap<>();
    for (TargetField field : fields) {
      if (!(field.source() instanceof FieldSource.Copy(String source))) {
        return new Mapper.Copying.Computed("`map` computes '" + field.name() + "'");
      }
      copied.put(field.name(), source);
    }
    return new Mapper.Copying.Plain(copied, Optional.empty());
  }

  default boolean readsAll() {
    return switch (this) {
      case Fixed(List<TargetField> fields) ->
          fields.stream().anyMatch(field -> field.source().readsAll());
      case Everything(Schema listed) -> true;
    };
  }

  default Set<String> reads() {
    return switch (this) {
      case Fixed(List<TargetField> fields) ->
          fields.stream()
              .flatMap(field -> field.source().reads().stream())
              .collect(Collectors.toSet());
      case Everything(Schema listed) -> Set.of();
    };
  }
}
