package dev.lockstep.connectors.http;

/**
 * Notices when the pages of a list lead in a circle, by Brent's method: one page is remembered, and
 * replaced after one, two, four, eight, ... further pages. A circle is noticed when it was gone
 * round about twice, and no more than one page is ever held (invariant 8).
 */
final class PageTrail {
  private Place remembered;
  private long until = 1;
  private long since;

  PageTrail(Place start) {
    this.remembered = page(start);
  }

  /** Notes the next page; true when it was there before. */
  boolean comesBackTo(Place next) {
    if (next.equals(remembered)) {
      return true;
    }
    since++;
    if (since == until) {
      remembered = page(next);
      until *= 2;
      since = 0;
    }
    return false;
  }

  private static Place page(Place place) {
    return new Place(place.kind(), place.token(), 0);
  }
}
