package dev.lockstep.connectors.file;

import dev.lockstep.connector.Row;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Spells records as JSON Lines; a field that was not sent is left out. */
record JsonLineText() implements RecordText {

  @Override
  public Charset charset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public String line(Row row) throws MisfitException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator =
        JsonValues.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      for (int i = 0; i < row.schema().size(); i++) {
        if (row.get(i) != Row.ABSENT) {
          generator.writeName(row.schema().field(i).name());
          write(generator, row.get(i));
        }
      }
      generator.writeEndObject();
    } catch (JacksonException e) {
      throw new MisfitException("it cannot be written as JSON: " + e.getOriginalMessage());
    }
    // A document that was written over several lines would end the record early.
    return text.toString().replace("\n", " ").replace("\r", " ") + "\n";
  }

  private static void write(JsonGenerator generator, @Nullable Object value)
      throws MisfitException {
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new MisfitException("JSON has no number " + number);
    }
    JsonValues.write(generator, value);
  }
}
