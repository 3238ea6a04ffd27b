package dev.lockstep.connectors.file;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.Samples;
import dev.lockstep.testkit.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder of its own for each test, in which every dataset is one file. */
abstract class FolderHarness implements Harness {
  private final Path folder;
  private final String ending;
  private final Map<String, Map<String, Object>> datasets = new LinkedHashMap<>();

  FolderHarness(Path folder, String ending) {
    this.folder = folder;
    this.ending = ending;
  }

  /** What the file of an empty dataset holds. */
  abstract String empty(Dataset dataset);

  abstract String line(Dataset dataset, Row row) throws MisfitException;

  /** The rows of a file, read with nothing of the connector's scanning or cutting. */
  abstract List<Row> parse(Dataset dataset, String text) throws MisfitException;

  abstract Dataset described(Dataset wanted);

  Path file(Dataset dataset) {
    return folder.resolve(dataset.id() + ending);
  }

  @Override
  public Connector connector() {
    return new FileConnector();
  }

  @Override
  public Settings settings() {
    return TestSettings.of(
        connector().spec(),
        Map.of(
            "path", folder.toString(), "interval", "20ms", "settle", "50ms", "datasets", datasets));
  }

  @Override
  public void announce(Dataset dataset) {
    Map<String, Object> fields = new LinkedHashMap<>();
    dataset.schema().fields().forEach(field -> fields.put(field.name(), field.type().label()));
    datasets.put(
        dataset.id().name(),
        Map.of("files", dataset.id() + ending, "key", dataset.key(), "fields", fields));
  }

  @Override
  public Dataset create(Dataset wanted, List<Row> rows) {
    announce(wanted);
    write(
        wanted,
        empty(wanted),
        rows,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING);
    return described(wanted);
  }

  @Override
  public void put(Dataset dataset, List<Row> rows) {
    write(dataset, "", rows, StandardOpenOption.APPEND);
  }

  private void write(Dataset dataset, String start, List<Row> rows, StandardOpenOption... options) {
    StringBuilder text = new StringBuilder(start);
    List<StandardOpenOption> all = new ArrayList<>(List.of(options));
    all.add(StandardOpenOption.WRITE);
    try {
      for (Row row : rows) {
        text.append(line(dataset, row));
      }
      Files.writeString(file(dataset), text, all.toArray(StandardOpenOption[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MisfitException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void remove(Dataset dataset, List<Key> keys) {
    throw new AssertionError("files only grow");
  }

  @Override
  public List<Row> rows(Dataset dataset) {
    try {
      return parse(dataset, Files.readString(file(dataset)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MisfitException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Map<Behaviour, String> cannot() {
    return Map.of(
        Behaviour.BLOCKED_READ, "a local file answers at once",
        Behaviour.REPORTS_DELETES, "a line that was there stays there",
        Behaviour.MARKS_ORIGIN, "a line does not say who wrote it",
        Behaviour.LOSES_POSITION,
            "files keep themselves; one that is replaced is read from its start");
  }

  @Override
  public List<Type> types() {
    return List.of(
        new Type.Bool(),
        new Type.Int(),
        new Type.Float(),
        Type.Decimal.unlimited(),
        new Type.Decimal(20, 4),
        Type.Text.unlimited(),
        new Type.Text(20),
        new Type.Bytes(),
        new Type.Date(),
        new Type.Time(),
        new Type.DateTime(),
        new Type.Timestamp(),
        new Type.Json(),
        new Type.ListOf(new Type.Int()));
  }

  @Override
  public Row bad(Dataset dataset, Row good) {
    return Samples.with(good, "name", "half a character: \uD83D");
  }

  @Override
  public List<Unusable> unusable() {
    Settings nowhere =
        TestSettings.of(connector().spec(), Map.of("path", folder.resolve("nowhere").toString()));
    Settings bound =
        TestSettings.of(connector().spec(), Map.of("path", folder.toString(), "maxRecord", "2GiB"));
    Settings charset = withDataset(Map.of("files", "a.csv", "charset", "UTF-99"));
    Settings wide = withDataset(Map.of("files", "a.csv", "charset", "UTF-16"));
    Settings type = withDataset(Map.of("files", "a.csv", "fields", Map.of("id", "number")));
    Settings outside = withDataset(Map.of("files", "../a.csv"));
    Settings format = withDataset(Map.of("files", "a.dat"));
    Settings delimiter = withDataset(Map.of("files", "a.csv", "delimiter", ";;"));
    Settings header = withDataset(Map.of("files", "a.csv", "header", false));
    return List.of(
        new Unusable("a folder that is not there", nowhere, "path"),
        new Unusable("an unknown charset", charset, "datasets.a.charset"),
        new Unusable("records without bound", bound, "maxRecord"),
        new Unusable("a charset without lines", wide, "datasets.a.charset"),
        new Unusable("an unknown type", type, "datasets.a.fields.id"),
        new Unusable("files outside the folder", outside, "datasets.a.files"),
        new Unusable("no format", format, "datasets.a.format"),
        new Unusable("two delimiters", delimiter, "datasets.a.delimiter"),
        new Unusable("columns without names", header, "datasets.a.header"));
  }

  private Settings withDataset(Map<String, Object> block) {
    return TestSettings.of(
        connector().spec(), Map.of("path", folder.toString(), "datasets", Map.of("a", block)));
  }

  static Dataset nullable(Dataset wanted, boolean open) {
    List<Field> fields =
        wanted.schema().fields().stream().map(f -> Field.of(f.name(), f.type())).toList();
    return new Dataset(wanted.id(), new Schema(fields), wanted.key(), open);
  }
}
