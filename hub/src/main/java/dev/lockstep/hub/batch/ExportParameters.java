package dev.lockstep.hub.batch;

import dev.lockstep.hub.access.Access;
import java.util.Map;
import java.util.Optional;

/**
 * What was said of an export.
 *
 * @param className what the items are, by Liferay's name
 * @param delegate {@code taskItemDelegateName}; {@code DEFAULT} where none was sent
 * @param all every parameter that was sent, such as {@code filter} and {@code fieldNames}
 * @param access what who asked for it may see
 */
public record ExportParameters(
    String className, String delegate, Map<String, String> all, Access access) {
  public ExportParameters {
    all = Map.copyOf(all);
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(all.get(name));
  }
}
