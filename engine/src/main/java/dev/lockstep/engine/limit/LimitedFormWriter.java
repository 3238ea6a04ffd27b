package dev.lockstep.engine.limit;

import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormRows;
import dev.lockstep.connector.FormWriter;

/** Takes pieces, each of them a call. */
record LimitedFormWriter(FormWriter inner, LimitedConnection connection) implements FormWriter {

  /** A piece holds far more records than a batch may that somebody has limited. */
  @Override
  public Answer form(Into into) throws InterruptedException {
    return connection.limitsBatches(into.dataset())
        ? new Answer.Declines("the size of the target's batches is limited")
        : inner.form(into);
  }

  @Override
  public Taken take(Into into, FormBytes bytes, Seal seal) throws InterruptedException {
    return connection.call(into.dataset(), () -> inner.take(into, bytes, seal));
  }

  @Override
  public boolean takesRows(Into into) throws InterruptedException {
    return !connection.limitsBatches(into.dataset()) && inner.takesRows(into);
  }

  @Override
  public Taken take(Into into, FormRows rows, Seal seal) throws InterruptedException {
    return connection.call(into.dataset(), () -> inner.take(into, rows, seal));
  }

  @Override
  public long missing(Into into, FormBytes keys, Gone gone) throws InterruptedException {
    return connection.call(into.dataset(), () -> inner.missing(into, keys, gone));
  }
}
