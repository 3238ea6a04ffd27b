package dev.lockstep.hub.filter;

import java.util.Optional;

/**
 * The way over a relationship, as templates with one {@code %s}.
 *
 * @param exists with a condition in place of {@code %s}: that there is a related entry that meets
 *     it, such as {@code EXISTS (SELECT 1 FROM "account" AS r WHERE r."id" = e."account" AND %s)}
 * @param scalar with a column in place of {@code %s}: its value in the one related entry, such as
 *     {@code (SELECT %s FROM "account" AS r WHERE r."id" = e."account")}; empty where there may be
 *     several, by which nothing can be sorted
 */
public record Related(String exists, Optional<String> scalar) {
  public Related {
    check(exists);
    scalar.ifPresent(Related::check);
  }

  /** A relationship to at most one entry. */
  public static Related one(String exists, String scalar) {
    return new Related(exists, Optional.of(scalar));
  }

  /** A relationship to any number of entries. */
  public static Related many(String exists) {
    return new Related(exists, Optional.empty());
  }

  private static void check(String template) {
    if (template.split("%s", -1).length != 2 || template.indexOf('?') >= 0) {
      throw new IllegalArgumentException("a template has one %s and no value: " + template);
    }
  }
}
