package dev.lockstep.connectors.file;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Creates the file of a dataset, with its header. */
final class FileCreator implements DatasetCreator {
  private final FileConnection connection;

  FileCreator(FileConnection connection) {
    this.connection = connection;
  }

  @Override
  public String statement(Dataset dataset) {
    FileDataset settings = settings(dataset);
    RecordText text = FileWriter.text(settings, dataset);
    String header =
        text instanceof CsvText csv && csv.style().header() ? ": " + csv.header().strip() : "";
    return "create file " + connection.folder().path().resolve(settings.files()) + header;
  }

  @Override
  public void create(Dataset dataset) throws InterruptedException {
    FileDataset settings = settings(dataset);
    Path path = connection.folder().path().resolve(settings.files());
    AppendTo target = new AppendTo(path);
    target.exclusively(ledger -> {
      if (target.length() == 0) {
        create(dataset, settings, path);
      }
      return path;
    });
  }

  private static void create(Dataset dataset, FileDataset settings, Path path) throws IOException {
    RecordText text = FileWriter.text(settings, dataset);
    String start = text instanceof CsvText csv && csv.style().header() ? csv.header() : "";
    Files.writeString(path, start, text.charset());
    AppendLedger.syncFolder(path);
  }

  private FileDataset settings(Dataset dataset) {
    FileDataset settings =
        connection.folder().datasets().isEmpty()
            ? byItself(dataset)
            : connection.catalog().get(dataset.id());
    FileWriter.refusal(settings)
        .ifPresent(reason -> {
          throw Faults.permanent(reason);
        });
    if (!settings.key().equals(dataset.key())) {
      throw misconfigured(
          "datasets." + dataset.id() + ".key",
          "it is " + settings.key() + ", but " + dataset.key() + " is wanted",
          "write key: " + dataset.key());
    }
    return settings;
  }

  private static FileDataset byItself(Dataset dataset) {
    String name = dataset.id().name();
    if (Format.of(name).isEmpty() || !Catalog.isPlainName(name)) {
      throw misconfigured(
          "datasets",
          "'" + name + "' is no name of a file",
          "name a file such as orders.csv, or write a block for it");
    }
    return ReadSettings.byItself(name);
  }

  private static ConnectorException misconfigured(String setting, String message, String remedy) {
    return new ConnectorException(
        new Failure.Misconfigured(List.of(new Problem(setting, message, remedy))));
  }
}
