package dev.lockstep.hub.module;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How a version shows an object, as it is declared.
 *
 * @param path the last part of its address: {@code customers}
 * @param object the object of the hub behind it
 * @param fields what clients see by name; empty for every field under its own name
 * @param defaults what a created entry gets in fields of the object that are not shown
 */
public record ViewSpec(
    String path,
    String object,
    Optional<SequencedMap<String, FieldSpec>> fields,
    Map<String, String> defaults) {
  public ViewSpec {
    fields = fields.map(it -> Collections.unmodifiableSequencedMap(new LinkedHashMap<>(it)));
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
  }
}
