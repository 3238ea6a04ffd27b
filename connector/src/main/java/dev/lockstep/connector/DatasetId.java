package dev.lockstep.connector;

/**
 * The name of a table, resource, object or file, as the system itself spells it: {@code
 * public.accounts}, {@code distributors}.
 */
public record DatasetId(String name) implements Comparable<DatasetId> {
  public DatasetId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a dataset's name is blank");
    }
  }

  @Override
  public int compareTo(DatasetId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
