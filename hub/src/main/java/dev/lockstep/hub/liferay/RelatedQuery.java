package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Hub;

/**
 * The condition in SQL that selects, from the table of the other side, the entries related to one.
 *
 * @param sql with one question mark for the id of the one
 */
record RelatedQuery(String sql) {

  static RelatedQuery of(Hub hub, EntryShape shape, EntryShape.Way way) {
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
