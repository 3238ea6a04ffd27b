package dev.lockstep.hub.access;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.access.AccessRefused.Kind;
import dev.lockstep.hub.object.Definition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one caller may do, for one request. Objects are named as in addresses, such as {@code
 * tickets}. Rights on a single entry are looked up in the store where those on all entries do not
 * settle it.
 */
public final class Access {
  private final Principal principal;
  private final Author author;
  private final Optional<AccessControl> control;

  Access(Principal principal, Author author, Optional<AccessControl> control) {
    this.principal = principal;
    this.author = author;
    this.control = control;
  }

  /** Everything, in someone's name: of a server that has no security, and of the server itself. */
  public static Access unlimited(Author author) {
    return new Access(Principal.SERVER, author, Optional.empty());
  }

  public Principal principal() {
    return principal;
  }

  /** By whose hand the request changes something. */
  public Author author() {
    return author;
  }

  /** Whether nothing but scopes limits the caller. */
  public boolean isUnlimited() {
    return control.isEmpty() || principal.isAdministrator();
  }

  /**
   * Demands that a token is good for an application, in the sense of {@link Scopes}.
   *
   * @throws AccessRefused if not
   */
  public void demandScope(String application, boolean writes) {
    if (!Scopes.cover(principal, application, writes)) {
      throw new AccessRefused(
          Kind.SCOPE,
          "the token of " + principal.shown() + " is not good for this",
          "ask for a token with the scope " + Scopes.wanted(application, writes));
    }
  }

  /** Whether a right on all entries of an object is granted. */
  public boolean may(Right right, String object) {
    return isUnlimited()
        || anyRole(role -> control.orElseThrow().granted(role).on(object)).contains(right)
        || control
            .orElseThrow()
            .definition(object)
            .filter(it -> isGranted(right, Grants.Kind.ENTRIES, it))
            .isPresent();
  }

  /** Whether a right on one entry is granted. */
  public boolean may(Right right, String object, Entry entry) throws InterruptedException {
    if (may(right, object)) {
      return true;
    }
    Map<String, Long> own = control.orElseThrow().grants().onEntry(entry.id());
    boolean byRole =
        own.entrySet().stream()
            .anyMatch(it ->
                principal.roles().contains(it.getKey()) && (it.getValue() & right.bit()) != 0);
    return byRole || (isOwner(object, entry) && ofOwner(object, own).contains(right));
  }

  private boolean isOwner(String object, Entry entry) {
    return principal.name() != null
        && control.orElseThrow().definition(object).isPresent()
        && principal.name().equals(entry.values().get("creator"));
  }

  private Set<Right> ofOwner(String object, Map<String, Long> own) {
    Long said = own.get(Principal.OWNER);
    return said == null ? control.orElseThrow().ofOwner(object) : Right.of(said);
  }

  /** Whether an entry may be seen, by right and by scope. */
  public boolean sees(String object, Entry entry) throws InterruptedException {
    return coversReading(object) && may(Right.VIEW, object, entry);
  }

  /** Whether every entry of an object may be seen, by right and by scope. */
  public boolean seesAll(String object) {
    return coversReading(object) && may(Right.VIEW, object);
  }

  /** Whether a token is good for an application, in the sense of {@link Scopes}. */
  public boolean covers(String application, boolean writes) {
    return Scopes.cover(principal, application, writes);
  }

  /** Whether the token is good for reading an object besides the one that is asked for. */
  private boolean coversReading(String object) {
    return principal.scopes().isEmpty()
        || Scopes.cover(
            principal,
            control
                .flatMap(it -> it.definition(object))
                .map(it -> Scopes.ofObject(it.name()))
                .orElse(object),
            false);
  }

  /**
   * The condition in SQL that an entry may be seen, without question marks and placeholders. Names
   * within it are those of the configuration, which have no quotes.
   *
   * @param table the object's table as the query calls it
   */
  public String visible(String object, String table) {
    if (!coversReading(object)) {
      return "(1 = 0)";
    }
    if (may(Right.VIEW, object)) {
      return "(1 = 1)";
    }
    String rights =
        "SELECT 1 FROM security_entry AS g WHERE g.entry = "
            + table
            + ".id AND (g.rights & "
            + Right.VIEW.bit()
            + ") <> 0 AND g.role ";
    String byRole =
        "EXISTS ("
            + rights
            + "IN ("
            + principal.roles().stream()
                .sorted()
                .map(Access::quoted)
                .collect(Collectors.joining(", "))
            + "))";
    AccessControl known = control.orElseThrow();
    if (principal.name() == null || known.definition(object).isEmpty()) {
      return "(" + byRole + ")";
    }
    String owner = quoted(Principal.OWNER);
    String allowed = "EXISTS (" + rights + "= " + owner + ")";
    if (known.ofOwner(object).contains(Right.VIEW)) {
      allowed +=
          " OR NOT EXISTS (SELECT 1 FROM security_entry AS g WHERE g.entry = "
              + table
              + ".id AND g.role = "
              + owner
              + ")";
    }
    return "("
        + byRole
        + " OR (COALESCE("
        + table
        + "."
        + known.hub().column(object, "creator")
        + ", '') = "
        + quoted(principal.name())
        + " AND ("
        + allowed
        + ")))";
  }

  private static String quoted(String name) {
    return "'" + name.replace("'", "''") + "'";
  }

  /**
   * Demands a right on all entries of an object.
   *
   * @throws AccessRefused if it is not granted
   */
  public void demand(Right right, String object) {
    if (!may(right, object)) {
      throw refused(
          right,
          object,
          "grant it to one of the roles "
              + roles()
              + " at PUT /o/c/"
              + object
              + "/permissions, or under security.roles");
    }
  }

  /**
   * Demands a right on an entry that may be seen.
   *
   * @throws AccessRefused if it is not granted
   */
  public void demand(Right right, String object, Entry entry) throws InterruptedException {
    if (!may(right, object, entry)) {
      throw refused(
          right,
          object + " " + entry.id(),
          "grant it to one of the roles "
              + roles()
              + " at PUT /o/c/"
              + object
              + "/"
              + entry.id()
              + "/permissions, or on all entries");
    }
  }

  /**
   * Demands what a request to an API of modules, or to the hub's own, needs: a token that is good
   * for the module, and rights on all entries of an object.
   *
   * @param application the module
   * @throws AccessRefused with what is missing
   */
  public void demand(String application, boolean writes, String object, Right... rights) {
    demandScope(application, writes);
    for (Right right : rights) {
      demand(right, object);
    }
  }

  /** Whether a right on one definition is granted. */
  public boolean may(Right right, Definition definition) {
    return mayAny(right) || isGranted(right, Grants.Kind.DEFINITION, definition);
  }

  /** Whether a right on all definitions is granted. */
  public boolean mayAny(Right right) {
    return isUnlimited()
        || anyRole(role -> control.orElseThrow().granted(role).definitions()).contains(right);
  }

  /** Demands a right on a definition that may be seen. */
  public void demand(Right right, Definition definition) {
    if (!may(right, definition)) {
      throw refused(
          right,
          "the definition of " + definition.name(),
          "grant it to one of the roles "
              + roles()
              + " at PUT /o/object-admin/v1.0/object-definitions/"
              + definition.id()
              + "/permissions, or under security.roles");
    }
  }

  /** Demands a right on all definitions. */
  public void demandAny(Right right) {
    if (!mayAny(right)) {
      throw refused(
          right,
          "definitions",
          "grant it to one of the roles " + roles() + " as security.roles.….definitions");
    }
  }

  /** Demands a right on all picklists. */
  public void demandPicklists(Right right) {
    if (!isUnlimited()
        && !anyRole(role -> control.orElseThrow().granted(role).picklists()).contains(right)) {
      throw refused(
          right,
          "picklists",
          "grant it to one of the roles " + roles() + " as security.roles.….picklists");
    }
  }

  /** Demands that the caller is an administrator. */
  public void demandAdministrator(String what) {
    if (!isUnlimited()) {
      throw principal.isStranger()
          ? unknown()
          : new AccessRefused(
              Kind.RIGHT,
              principal.shown() + " may not " + what,
              "give it the role " + Principal.ADMINISTRATOR);
    }
  }

  /** Demands that the caller is known; whether something is there is no stranger's business. */
  public void demandKnown() {
    if (!isUnlimited() && principal.isStranger()) {
      throw unknown();
    }
  }

  private AccessRefused refused(Right right, String what, String remedy) {
    return principal.isStranger()
        ? unknown()
        : new AccessRefused(
            Kind.RIGHT,
            "User " + principal.shown() + " must have " + right + " permission for " + what,
            remedy);
  }

  private static AccessRefused unknown() {
    return new AccessRefused(
        Kind.UNKNOWN,
        "this is for those who are known",
        "send a user's name and password, or a token of /o/oauth2/token");
  }

  private String roles() {
    return principal.roles().stream().sorted().collect(Collectors.joining(", "));
  }

  private Set<Right> anyRole(Function<String, Set<Right>> granted) {
    return principal.roles().stream()
        .flatMap(role -> granted.apply(role).stream())
        .collect(Collectors.toSet());
  }

  private boolean isGranted(Right right, Grants.Kind kind, Definition definition) {
    Map<String, Long> granted =
        control.orElseThrow().grants().on(new Grants.Target(kind, definition.id()));
    return granted.entrySet().stream()
        .anyMatch(
            it -> principal.roles().contains(it.getKey()) && (it.getValue() & right.bit()) != 0);
  }

  /** Where permissions are shown and set; empty where the server has no security. */
  public Optional<Permissions> permissions() {
    return control.map(Permissions::new);
  }
}
