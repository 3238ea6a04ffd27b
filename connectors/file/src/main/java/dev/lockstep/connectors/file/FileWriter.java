package dev.lockstep.connectors.file;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Appends records to a dataset that is one plain CSV or JSON Lines file, each batch whole and once.
 * Records in the middle of a file cannot be changed without writing all of it anew, so nothing else
 * is offered.
 */
final class FileWriter implements Writer {
  private final FileConnection connection;

  FileWriter(FileConnection connection) {
    this.connection = connection;
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) {
    return refusal(connection.catalog().get(dataset)).isEmpty()
        ? EnumSet.of(Ability.APPEND, Ability.LEDGER, Ability.DEDUPLICATES)
        : EnumSet.noneOf(Ability.class);
  }

  /** Why a dataset cannot be appended to, and what to do. */
  static Optional<String> refusal(FileDataset settings) {
    if (!settings.isOneFile()) {
      return Optional.of(
          settings.id()
              + " is a pattern of files; name the one to append to in a dataset of its own");
    }
    if (Format.isCompressed(settings.files())) {
      return Optional.of(settings.id() + " is compressed; append to a file that is not");
    }
    if (settings.format(settings.files()).orElse(Format.CSV) == Format.JSON) {
      return Optional.of(
          settings.id() + " is a JSON document; append to JSON Lines (.jsonl) or CSV");
    }
    return Optional.empty();
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    FileDataset settings = connection.catalog().get(batch.dataset());
    refusal(settings)
        .ifPresent(reason -> {
          throw Faults.permanent(reason);
        });
    if (batch.mode() != Mode.APPEND) {
      throw Faults.permanent(
          "records of a file cannot be updated in place; set mode: append for " + batch.dataset());
    }
    AppendTo target = new AppendTo(path(settings));
    return target.exclusively(ledger -> append(batch, settings, target, ledger));
  }

  private Path path(FileDataset settings) {
    return connection.folder().path().resolve(settings.files());
  }

  private List<Outcome> append(
      Batch batch, FileDataset settings, AppendTo target, AppendLedger ledger)
      throws IOException, InterruptedException {
    Dataset shape = connection.describe().dataset(settings);
    RecordText text = text(settings, shape);
    StringBuilder lines = new StringBuilder(start(text, target));
    boolean repeated = ledger.has(batch.id());
    List<Outcome> outcomes = new ArrayList<>(batch.mutations().size());
    for (Mutation mutation : batch.mutations()) {
      outcomes.add(add(mutation, shape, text, repeated ? new StringBuilder() : lines, repeated));
    }
    boolean nothing = repeated || !outcomes.contains(Outcome.APPLIED);
    ByteBuffer bytes = text.charset().encode(nothing ? "" : lines.toString());
    AppendLedger after = repeated ? ledger : ledger.committing(batch.id());
    if (batch.ledger().isPresent()) {
      Ledger hand = batch.ledger().get();
      after = after.with(hand.owner(), hand.seal(List.copyOf(outcomes)));
    }
    target.append(ledger, bytes, after);
    return outcomes;
  }

  static RecordText text(FileDataset settings, Dataset shape) {
    return settings.format(settings.files()).orElse(Format.CSV) == Format.CSV
        ? new CsvText(settings.style(), shape.schema().names())
        : new JsonLineText();
  }

  /**
   * What must stand before the first record: a header in a new file, a line end after a last line
   * without one.
   */
  private static String start(RecordText text, AppendTo target) throws IOException {
    if (target.length() > 0) {
      return target.endsLine() ? "" : "\n";
    }
    return text instanceof CsvText csv && csv.style().header() ? csv.header() : "";
  }

  private static Outcome add(
      Mutation mutation, Dataset shape, RecordText text, StringBuilder lines, boolean repeated) {
    return switch (mutation) {
      case Mutation.Delete _ ->
          new Outcome.Rejected("a record cannot be deleted from a file", "set leaving: keep");
      case Mutation.Upsert upsert -> add(upsert.row(), shape, text, lines, repeated);
      case Mutation.Move move -> throw new IllegalArgumentException("no moves are taken: " + move);
    };
  }

  private static Outcome add(
      Row row, Dataset shape, RecordText text, StringBuilder lines, boolean repeated) {
    try {
      check(row, shape);
      String line = text.line(row);
      encodable(line, text.charset().newEncoder());
      lines.append(line);
      return repeated ? Outcome.UNCHANGED : Outcome.APPLIED;
    } catch (MisfitException e) {
      return new Outcome.Rejected(
          String.valueOf(e.getMessage()), "map a value that the file can hold");
    }
  }

  private static void check(Row row, Dataset shape) throws MisfitException {
    for (String field : shape.key()) {
      if (row.get(field) == null || row.get(field) == Row.ABSENT) {
        throw new MisfitException("key field '" + field + "' is empty");
      }
    }
    for (Field given : row.schema().fields()) {
      Object value = row.get(given.name());
      int index = shape.schema().indexOf(given.name());
      if (index < 0 && !shape.open() && value != Row.ABSENT) {
        throw new MisfitException("there is no column '" + given.name() + "'");
      }
      if (value != null && Special.isIn(value)) {
        throw new MisfitException(
            "field '"
                + given.name()
                + "' holds '"
                + value
                + "', which is no "
                + given.type().label());
      }
      if (index >= 0 && value != null && value != Row.ABSENT) {
        Type type = shape.schema().field(index).type();
        // What is written must be read back as what it was.
        FieldText.parse(type, FieldText.of(value));
      }
    }
  }

  private static void encodable(String line, CharsetEncoder encoder) throws MisfitException {
    try {
      encoder.encode(CharBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw new MisfitException("it has characters that " + encoder.charset() + " does not");
    }
  }

  @Override
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    FileDataset settings = connection.catalog().get(dataset);
    if (refusal(settings).isPresent()) {
      return Optional.empty();
    }
    return new AppendTo(path(settings))
        .exclusively(ledger -> Optional.ofNullable(ledger.entries().get(owner)));
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    FileDataset settings = connection.catalog().get(dataset);
    if (refusal(settings).isEmpty()) {
      new AppendTo(path(settings))
          .exclusively(ledger -> {
            AppendLedger rest = ledger.without(ownerPrefix);
            if (rest.entries().size() < ledger.entries().size()) {
              rest.save();
            }
            return rest;
          });
    }
  }
}
