package dev.lockstep.server.config;

import dev.lockstep.connector.Secret;
import dev.lockstep.connector.Setting;
import dev.lockstep.hub.access.Principal;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.access.RoleGrants;
import dev.lockstep.server.credential.PasswordHash;
import dev.lockstep.server.credential.StoredSecret;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code security}: users, applications and roles. */
final class ReadSecurity {
  /** Names stand in queries and addresses, so they have no quotes, colons or control characters. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._+ -]{0,74}");

  private static final Pattern SCOPE =
      Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*\\.(everything(\\.read|\\.write)?|read|write)");
  private static final int SHORTEST = 12;
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Problems problems;

  ReadSecurity(Problems problems) {
    this.problems = problems;
  }

  /** Who may call; empty when the file does not say, or not soundly. */
  Optional<ConfiguredSecurity> read(Node.Block root) {
    Optional<Node.Entry> entry = root.entry("security");
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Where where = Where.FILE.in("security", entry.get().at());
    return new CheckForm(problems)
        .block(where, new Setting.Form.Section(Language.SECURITY), entry.get().value())
        .flatMap(block -> security(Part.check(where, Language.SECURITY, block, problems)));
  }

  private Optional<ConfiguredSecurity> security(Part part) {
    Map<String, RoleGrants> roles = new HashMap<>();
    each(part, "roles", (name, role) -> roles.put(name, grants(name, role)));
    Set<String> known = new LinkedHashSet<>(roles.keySet());
    known.add(Principal.ADMINISTRATOR);
    Map<String, ConfiguredSecurity.User> users = new LinkedHashMap<>();
    each(
        part,
        "users",
        (name, user) ->
            secret(user, "password")
                .ifPresent(secret ->
                    users.put(
                        name, new ConfiguredSecurity.User(name, secret, roles(user, known)))));
    Map<String, ConfiguredSecurity.Application> applications = new LinkedHashMap<>();
    each(
        part,
        "applications",
        (id, application) -> {
          checkName(part, id, application);
          secret(application, "secret")
              .ifPresent(secret ->
                  applications.put(
                      id,
                      new ConfiguredSecurity.Application(
                          id, secret, scopes(application), roles(application, known))));
        });
    return lifetime(part).map(period -> new ConfiguredSecurity(users, applications, roles, period));
  }

  private interface Reading {
    void of(String name, Part part);
  }

  private void each(Part security, String key, Reading reading) {
    Optional<Part> block = security.part(key);
    if (block.isEmpty()) {
      return;
    }
    for (Node.Entry entry : block.get().block().entries()) {
      String name = entry.key();
      if (!NAME.matcher(name).matches()) {
        problems.add(
            block.get().at(name),
            "'" + name + "' is no name",
            "write at most 75 letters, digits, blanks or . _ - + @");
      }
      block.get().part(name).ifPresent(part -> reading.of(name, part));
    }
  }

  /** An entry's owner is known by name, so nobody may have another's. */
  private void checkName(Part security, String id, Part application) {
    if (security.part("users").filter(users -> users.has(id)).isPresent()) {
      problems.add(
          application.where(), "a user has the name '" + id + "', too", "give one of them another");
    }
  }

  private Optional<StoredSecret> secret(Part part, String key) {
    Optional<Secret> written = part.values().secret(key);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    String text = written.get().reveal();
    if (text.startsWith("$pbkdf2")) {
      Optional<PasswordHash> hash = PasswordHash.parse(text);
      if (hash.isEmpty()) {
        problems.add(part.at(key), "this is no whole hash", "make one with: lockstep hash");
      }
      return hash.map(StoredSecret.Hashed::new);
    }
    if (!part.isHidden(key)) {
      problems.add(
          part.at(key),
          "it stands in the file for everybody to read",
          "write "
              + key
              + ": \"${NAME}\" and set that variable, or write what lockstep hash prints");
    } else if (text.length() < SHORTEST) {
      problems.add(
          part.at(key),
          "it is shorter than " + SHORTEST + " characters",
          "make one with: openssl rand -hex 32");
    }
    return Optional.of(new StoredSecret.Clear(written.get()));
  }

  private Set<String> roles(Part part, Set<String> known) {
    Set<String> roles = new LinkedHashSet<>();
    int index = 0;
    for (String role : part.values().texts("roles")) {
      Where at = part.locate("roles[" + index++ + "]");
      if (List.of(Principal.OWNER, Principal.GUEST, Principal.USER).contains(role)) {
        problems.add(at, "nobody is given the role " + role, "leave it out: it comes by itself");
      } else if (!known.contains(role)) {
        problems.add(at, "there is no role '" + role + "'", NearestName.remedy(role, known));
      }
      roles.add(role);
    }
    return roles;
  }

  private List<String> scopes(Part part) {
    List<String> scopes = part.values().texts("scopes");
    for (int i = 0; i < scopes.size(); i++) {
      if (!SCOPE.matcher(scopes.get(i)).matches()) {
        problems.add(
            part.locate("scopes[" + i + "]"),
            "'" + scopes.get(i) + "' is no scope",
            "write one such as C_Ticket.everything, C_Ticket.everything.read or sales.read");
      }
    }
    return scopes;
  }

  private RoleGrants grants(String name, Part role) {
    if (name.equals(Principal.ADMINISTRATOR)) {
      problems.add(
          role.where(), "an Administrator may do everything", "leave it out, or name another role");
    }
    Map<String, Set<Right>> entries = new HashMap<>();
    role.part("entries")
        .ifPresent(objects ->
            objects
                .block()
                .entries()
                .forEach(it -> entries.put(it.key(), rights(objects, it.key()))));
    return new RoleGrants(
        entries,
        rights(role, "definitions"),
        rights(role, "picklists"),
        role.knows("server")
            ? RoleGrants.Server.valueOf(role.values().text("server").toUpperCase(Locale.ROOT))
            : RoleGrants.Server.NONE);
  }

  private static Set<Right> rights(Part part, String key) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    part.values().texts(key).forEach(it -> rights.add(Right.valueOf(it)));
    return rights;
  }

  private Optional<Duration> lifetime(Part part) {
    Optional<Duration> lifetime = part.values().optionalPeriod("tokenLifetime");
    if (lifetime.filter(it -> it.toSeconds() < 1 || it.compareTo(LONGEST) > 0).isPresent()) {
      problems.add(
          part.at("tokenLifetime"), "a token is good for 1s to 1d", "write tokenLifetime: 10m");
      return Optional.empty();
    }
    return lifetime;
  }
}
