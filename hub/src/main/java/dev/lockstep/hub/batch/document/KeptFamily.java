package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.ItemHandlers;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every class name that nobody else knows, as the last resort: its items are kept whole. */
public record KeptFamily(Hub hub) implements ItemHandlers.Family {
  private static final Pattern CLASS =
      Pattern.compile("([a-z][a-z0-9]*\\.)+(v[0-9]+_[0-9]+\\.)?[A-Z][A-Za-z0-9]*");

  /** Of these every one is known, so another is a mistake. */
  private static final String OBJECTS = "com.liferay.object.";

  @Override
  public Optional<ItemHandler> find(String className, String delegate) {
    return CLASS.matcher(className).matches() && !className.startsWith(OBJECTS)
        ? Optional.of(new KeptHandler(hub, className, delegate))
        : Optional.empty();
  }
}
