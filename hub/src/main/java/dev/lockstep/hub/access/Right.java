package dev.lockstep.hub.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be granted, in Liferay's words. */
public enum Right {
  VIEW,
  UPDATE,
  DELETE,
  PERMISSIONS,
  ADD_OBJECT_ENTRY,
  ADD_OBJECT_DEFINITION,
  ADD_LIST_TYPE_DEFINITION;

  /** The rights on one entry, or one definition. */
  public static final List<Right> SINGLE = List.of(DELETE, PERMISSIONS, UPDATE, VIEW);

  /** The rights on all entries of an object. */
  public static final List<Right> ENTRIES =
      List.of(ADD_OBJECT_ENTRY, DELETE, PERMISSIONS, UPDATE, VIEW);

  /** The rights on all definitions. */
  public static final List<Right> DEFINITIONS =
      List.of(ADD_OBJECT_DEFINITION, DELETE, PERMISSIONS, UPDATE, VIEW);

  /** The rights on all picklists. */
  public static final List<Right> PICKLISTS =
      List.of(ADD_LIST_TYPE_DEFINITION, DELETE, UPDATE, VIEW);

  /** Its place in a set that is kept as a number; never changed. */
  long bit() {
    return 1L << ordinal();
  }

  static long bits(Collection<Right> rights) {
    return rights.stream().mapToLong(Right::bit).reduce(0, (one, other) -> one | other);
  }

  static Set<Right> of(long bits) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Right right : values()) {
      if ((bits & right.bit()) != 0) {
        rights.add(right);
      }
    }
    return rights;
  }
}
