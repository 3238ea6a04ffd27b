package dev.lockstep.hub.batch;

import java.util.List;
import java.util.Optional;

/** What is known of class names: the first that knows one decides what its items mean. */
public final class ItemHandlers {
  private final List<Family> families;

  public ItemHandlers(List<Family> families) {
    this.families = List.copyOf(families);
  }

  /** Class names that one part of the program gives a meaning. */
  public interface Family {
    /**
     * The handler of a class name and a {@code taskItemDelegateName}, as they are at present; empty
     * when they are none of this family's.
     */
    Optional<ItemHandler> find(String className, String delegate);
  }

  public Optional<ItemHandler> find(String className, String delegate) {
    for (Family family : families) {
      Optional<ItemHandler> found = family.find(className, delegate);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
