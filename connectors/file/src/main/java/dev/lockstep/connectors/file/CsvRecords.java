package dev.lockstep.connectors.file;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts CSV text into fields; null is a field that stands for null. */
final class CsvRecords {
  private final Style style;
  private final CsvReader.CsvReaderBuilder builder;

  CsvRecords(Style style) {
    this.style = style;
    this.builder =
        CsvReader.builder()
            .fieldSeparator(style.delimiter())
            .quoteCharacter(style.quote())
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(Integer.MAX_VALUE >> 1);
  }

  /** The fields of text that holds one record. */
  @Nullable String[] one(String text) {
    return builder.ofSingleCsvRecord(new Fields(style), text).values();
  }

  /** The records of text that holds several, each with the line it starts at. */
  CsvReader<Cut> all(String text) {
    return builder.build(new Fields(style), text);
  }

  /** Decodes bytes of which none may be lost; empty when they are not of the charset. */
  static Optional<String> decode(byte[] bytes, int from, int to, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, to - from))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A record cut into its fields. */
  record Cut(long line, @Nullable String[] values) {}

  /** Collects fields, telling quoted from unquoted ones. */
  private static final class Fields extends AbstractBaseCsvCallbackHandler<Cut> {
    private final Style style;
    private @Nullable String[] values = new @Nullable String[16];
    private int count;
    private long line;

    Fields(Style style) {
      this.style = style;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      count = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      String text = new String(buffer, offset, length);
      values[count++] = style.isNull(text, quoted) ? null : text;
    }

    @Override
    protected Cut buildRecord() {
      return new Cut(line, Arrays.copyOf(values, count));
    }
  }
}
