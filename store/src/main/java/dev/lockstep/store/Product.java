package dev.lockstep.store;

/**
 * The database behind a store. SQL is written so that it runs on both (decision 34); here stands
 * what cannot be.
 */
public enum Product {
  SQLITE {
    @Override
    public String name(String wanted) {
      return wanted;
    }

    @Override
    public String elements() {
      return "SELECT value FROM json_each(?)";
    }

    @Override
    public String indexes() {
      return "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?";
    }

    @Override
    public String tables() {
      return "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ?";
    }
  },

  POSTGRESQL {
    @Override
    public String name(String wanted) {
      return Identifiers.fitted(wanted);
    }

    @Override
    public String elements() {
      return "SELECT json_array_elements_text(CAST(? AS json))";
    }

    @Override
    public String indexes() {
      return "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
          + " AND tablename = ?";
    }

    @Override
    public String tables() {
      return "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
          + " AND tablename = ?";
    }
  };

  /** The name under which a table or an index goes that is wanted under one of any length. */
  public abstract String name(String wanted);

  /** A query for the texts in the JSON array that is bound to its question mark. */
  public abstract String elements();

  /** A query for the names of the indexes of the table whose name is bound to its question mark. */
  public abstract String indexes();

  /** A query for the table whose name is bound to its question mark; without a row for none. */
  public abstract String tables();
}
