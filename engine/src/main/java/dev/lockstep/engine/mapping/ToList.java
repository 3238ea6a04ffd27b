package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

record ToList(Type.ListOf target, Converter each) implements Converter {

  @Override
  public Object convert(Object value) {
    List<?> from =
        switch (value) {
          case List<?> list -> list;
          case JsonText json -> elements(json);
          default -> throw Unfit.value(value, target);
        };
    List<@Nullable Object> list = new ArrayList<>(from.size());
    for (Object element : from) {
      list.add(element == null ? null : each.convert(element));
    }
    return Collections.unmodifiableList(list);
  }

  private List<?> elements(JsonText json) {
    if (JsonReader.elements(json) instanceof List<?> list) {
      return list;
    }
    throw Unfit.value(json, target, "a list is written [1, 2]");
  }
}
