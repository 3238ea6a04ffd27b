package dev.lockstep.connector;

import java.util.List;
import java.util.Set;

/** A connector's passport: enough to check its settings and plan a sync without connecting. */
public record ConnectorSpec(String name, String summary, List<Setting> settings, Set<Role> roles) {

  /**
   * The roles a {@link Connection} may offer; the conformance kit runs the tests of every declared
   * role.
   */
  public enum Role {
    BULK_READ,
    CHANGE_READ,
    WRITE,
    LOOKUP,
    CREATE
  }

  public ConnectorSpec {
    settings = List.copyOf(settings);
    roles = Set.copyOf(roles);
  }
}
