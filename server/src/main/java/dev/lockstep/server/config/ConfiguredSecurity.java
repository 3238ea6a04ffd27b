package dev.lockstep.server.config;

import dev.lockstep.hub.access.RoleGrants;
import dev.lockstep.server.credential.StoredSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may call, as the user declared it.
 *
 * @param users by name
 * @param applications by id; no user has such a name
 * @param roles those that are granted something, by name
 * @param tokenLifetime how long a token is good
 */
public record ConfiguredSecurity(
    Map<String, User> users,
    Map<String, Application> applications,
    Map<String, RoleGrants> roles,
    Duration tokenLifetime) {
  public ConfiguredSecurity {
    users = Map.copyOf(users);
    applications = Map.copyOf(applications);
    roles = Map.copyOf(roles);
  }

  /** Someone who calls with a name and a password. */
  public record User(String name, StoredSecret password, Set<String> roles) {
    public User {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * A program that calls with tokens.
   *
   * @param scopes what its tokens are good for at most, in the file's order
   */
  public record Application(
      String id, StoredSecret secret, List<String> scopes, Set<String> roles) {
    public Application {
      scopes = List.copyOf(scopes);
      roles = Set.copyOf(roles);
    }
  }
}
