package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;

/**
 * The condition in SQL that selects, from the table of the other side, the entries related to one.
 *
 * @param sql with one question mark for the id of the one
 */
record RelatedQuery(String sql) {

  /** The same, of those that may be seen. */
  static RelatedQuery of(Hub hub, EntryShape shape, EntryShape.Way way, Access access) {
    String other = way.other().path();
    return new RelatedQuery(
        of(hub, shape, way).sql() + " AND " + access.visible(other, hub.tableName(other)));
  }

  private static RelatedQuery of(Hub hub, EntryShape shape, EntryShape.Way way) {
    if (way.isOfPairs()) {
      String here = way.here(shape.definition());
      String there = here.equals("a") ? "b" : "a";
      return new RelatedQuery(
          "id IN (SELECT "
              + there
              + " FROM "
              + way.relationship().table()
              + " WHERE "
              + here
              + " = ?)");
    }
    if (way.toParent()) {
      return new RelatedQuery(
          "id IN (SELECT "
              + hub.column(shape.object(), way.relationship().field())
              + " FROM "
              + hub.tableName(shape.object())
              + " AS c WHERE c.id = ?)");
    }
    return new RelatedQuery(hub.column(way.other().path(), way.relationship().field()) + " = ?");
  }
}
