package dev.lockstep.connectors.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a file system, understood.
 *
 * @param datasets by name; empty where every file is a dataset
 */
record Folder(
    Path path,
    Map<String, FileDataset> datasets,
    int maxRecord,
    int maxFiles,
    Duration interval,
    Duration settle) {
  Folder {
    datasets = new TreeMap<>(datasets);
  }
}
