package dev.lockstep.connectors.file;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import java.util.List;

/** The settings a user can write. */
final class FileSettings {
  private FileSettings() {}

  static List<Setting> all() {
    return List.of(
        Setting.required("path", new Form.Text(), "The folder that holds the files."),
        Setting.optional(
            "datasets",
            new Form.Named(new Form.Section(dataset())),
            "The datasets, each by a name of your choice; left out, every file of a known ending"
                + " is a dataset by its own name."),
        Setting.withDefault(
            "maxRecord",
            new Form.Pattern("[1-9][0-9]{0,9} ?(KiB|MiB|GiB)", "16MiB"),
            "16MiB",
            "The most one record may measure; a longer one is set aside as unreadable."),
        Setting.withDefault(
            "maxFiles",
            new Form.Whole(1, 1_000_000),
            "10000",
            "The most files one dataset may have in the folder; move files that are done elsewhere."),
        Setting.withDefault(
            "interval",
            new Form.Period(),
            "1s",
            "How often the folder is looked at for new and growing files."),
        Setting.withDefault(
            "settle",
            new Form.Period(),
            "2s",
            "How long a file must stay unchanged before it is taken to be finished."));
  }

  private static List<Setting> dataset() {
    return List.of(
        Setting.required(
            "files",
            new Form.Text(),
            "The file, or a pattern of several: orders.csv, orders*.csv, 2024/**.jsonl.gz."),
        Setting.optional(
            "format",
            new Form.Choice(Format.words()),
            "How records stand in the files; left out, each file's ending tells it."),
        Setting.optional(
            "key",
            new Form.ListOf(new Form.Text()),
            "The fields that identify a record, in order."),
        Setting.optional(
            "fields",
            new Form.Named(new Form.Text()),
            "The types of fields: int, float, decimal(10,2), text, bool, date, time, datetime,"
                + " timestamp, bytes, json; a column not named here is text."),
        Setting.optional(
            "delimiter",
            new Form.Text(),
            "CSV: the character between fields; a comma, in .tsv files a tab."),
        Setting.withDefault(
            "quote", new Form.Text(), "\"", "CSV: the character around fields that need it."),
        Setting.withDefault(
            "charset",
            new Form.Text(),
            "UTF-8",
            "CSV: the character set, one that extends ASCII. JSON is always UTF-8."),
        Setting.withDefault(
            "header",
            new Form.Flag(),
            "true",
            "CSV: whether the first line names the columns; if not, the fields do, in order."),
        Setting.withDefault(
            "null",
            new Form.Text(),
            "",
            "CSV: the unquoted text that stands for null; quoted, it is text."));
  }
}
