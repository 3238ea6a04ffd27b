package dev.lockstep.store;

import java.util.regex.Pattern;

/**
 * Where a store in PostgreSQL is.
 *
 * @param url as its driver takes it, without user and password
 * @param schema a schema for this store alone; it is created when it is missing
 */
public record PostgresPlace(String url, String user, String password, String schema) {
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public PostgresPlace {
    if (!isSchema(schema)) {
      throw new IllegalArgumentException("'" + schema + "' is no name for a store's schema");
    }
  }

  /** Whether a text can name the schema: small letters, digits and underscores. */
  public static boolean isSchema(String name) {
    return SCHEMA.matcher(name).matches();
  }

  /** Where it is, without what is secret; parameters of the address may be. */
  @Override
  public String toString() {
    int parameters = url.indexOf('?');
    return (parameters < 0 ? url : url.substring(0, parameters)) + ", schema " + schema;
  }
}
