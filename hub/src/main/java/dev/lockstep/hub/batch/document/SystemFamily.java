package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.SystemObject;
import java.util.Optional;

/**
 * The class names of users and accounts.
 *
 * @param entries what entries are as items
 */
public record SystemFamily(Definitions definitions, ItemHandler entries)
    implements ItemHandlers.Family {
  private static final String ADMIN_USER = "com.liferay.headless.admin.user.dto.v1_0.";

  @Override
  public Optional<ItemHandler> find(String className, String delegate) {
    return switch (className) {
      case ADMIN_USER + "Account" -> of(SystemObject.ACCOUNT);
      case ADMIN_USER + "UserAccount" -> of(SystemObject.USER);
      default -> Optional.empty();
    };
  }

  private Optional<ItemHandler> of(SystemObject object) {
    return Optional.of(new SystemItems(object, definitions, entries));
  }
}
