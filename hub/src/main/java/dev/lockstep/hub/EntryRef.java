package dev.lockstep.hub;

/** How a caller names an entry. */
public sealed interface EntryRef {

  /** By its external reference code. */
  record Code(String value) implements EntryRef {
    @Override
    public String toString() {
      return "external reference code '" + value + "'";
    }
  }

  /** By its number. */
  record Id(long value) implements EntryRef {
    @Override
    public String toString() {
      return "id " + value;
    }
  }
}
