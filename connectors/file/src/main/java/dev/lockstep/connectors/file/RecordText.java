package dev.lockstep.connectors.file;

import dev.lockstep.connector.Row;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.nio.charset.Charset;

/** Spells records as lines of a file. */
interface RecordText {

  /** The line, with its end; refuses a row that would not be read back as it is. */
  String line(Row row) throws MisfitException;

  Charset charset();
}
