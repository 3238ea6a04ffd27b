package dev.lockstep.connectors.file;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * Tells the schema of a dataset: what the settings declare, and what the first file's header adds.
 */
final class Describe {
  private final Folder folder;
  private final Catalog catalog;

  Describe(Folder folder, Catalog catalog) {
    this.folder = folder;
    this.catalog = catalog;
  }

  Dataset dataset(FileDataset settings) {
    return dataset(settings, catalog.files(settings));
  }

  Dataset dataset(FileDataset settings, List<SourceFile> files) {
    boolean open = settings.format(settings.files()).orElse(Format.CSV) != Format.CSV;
    Map<String, Type> types = new LinkedHashMap<>();
    if (!open && settings.style().header()) {
      header(settings, files).forEach(name -> types.put(name, Type.Text.unlimited()));
    }
    settings.types().forEach(types::put);
    if (!open) {
      settings.key().forEach(name -> types.putIfAbsent(name, Type.Text.unlimited()));
    }
    List<Field> fields =
        types.entrySet().stream().map(e -> Field.of(e.getKey(), e.getValue())).toList();
    return new Dataset(settings.id(), new Schema(fields), settings.key(), open);
  }

  private List<String> header(FileDataset settings, List<SourceFile> files) {
    for (SourceFile file : files) {
      List<String> columns = columns(settings, file);
      if (!columns.isEmpty()) {
        return columns;
      }
    }
    return List.of();
  }

  private List<String> columns(FileDataset settings, SourceFile file) {
    Dataset none = new Dataset(settings.id(), new Schema(List.of()), List.of(), true);
    try {
      return CsvHeader.read(new Reading(file, settings, none, folder.maxRecord(), false)).columns();
    } catch (NoSuchFileException | FileNotFoundException gone) {
      return List.of();
    } catch (ZipException | EOFException damaged) {
      // Told when it is read.
      return List.of();
    } catch (IOException e) {
      throw Faults.unreachable(file.path(), e);
    }
  }
}
