package dev.lockstep.connector;

import java.util.List;
import java.util.Optional;

/** Records of one piece on their way as rows, pulled by one thread, some at a time. */
public interface FormRows {

  /**
   * What comes next, at least one row; empty at the end. A row has a value for every field, in the
   * order of {@link FormWriter.Into#fields}.
   */
  Optional<List<Row>> next() throws InterruptedException;
}
