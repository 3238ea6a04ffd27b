package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.UnfitException;

/** A type that was dropped after the log was written, so that nobody knows what its values are. */
enum GoneType implements PgCodec {
  INSTANCE;

  private static UnfitException gone() {
    return new UnfitException(
        "the column's type has been dropped since",
        "run the sync with --full, which reads the table as it is");
  }

  @Override
  public String castType() {
    return "text";
  }

  @Override
  public Object parse(String text) throws UnfitException {
    throw gone();
  }

  @Override
  public String print(Object value) {
    return value.toString();
  }

  @Override
  public Object decode(byte[] bytes, int offset, int length) throws UnfitException {
    throw gone();
  }

  @Override
  public void encode(PgBuffer out, Object value) {
    throw new IllegalStateException("no column of a table has this type");
  }

  @Override
  public Object fit(Object value) throws UnfitException {
    throw gone();
  }
}
