package dev.lockstep.hub.batch;

import dev.lockstep.hub.access.Access;
import java.util.Map;
import java.util.Optional;

/**
 * What was said of an import.
 *
 * @param className what the items are, by Liferay's name
 * @param delegate {@code taskItemDelegateName}; {@code DEFAULT} where none was sent
 * @param onErrorFail whether the first failure ends it
 * @param dryRun whether it only tells what it would do
 * @param all every parameter that was sent, these among them
 * @param access what who sent it may do
 */
public record ImportParameters(
    String className,
    String delegate,
    Operation operation,
    CreateStrategy createStrategy,
    UpdateStrategy updateStrategy,
    boolean onErrorFail,
    boolean dryRun,
    Map<String, String> all,
    Access access) {
  /** What creating means for what is there already. */
  public enum CreateStrategy {
    INSERT,
    UPSERT
  }

  /** What becomes of fields that an item lacks. */
  public enum UpdateStrategy {
    PARTIAL_UPDATE,
    UPDATE
  }

  public ImportParameters {
    all = Map.copyOf(all);
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(all.get(name));
  }
}
