package dev.lockstep.connectors.file;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Understands settings, and collects every problem they have. */
final class ReadSettings {
  private static final String ASCII =
      " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}\t\r\n";

  private final Settings settings;
  private final List<Problem> problems = new ArrayList<>();

  ReadSettings(Settings settings) {
    this.settings = settings;
  }

  List<Problem> problems() {
    return problems;
  }

  Folder folder(Path directory) {
    Map<String, FileDataset> datasets = new LinkedHashMap<>();
    settings
        .sections("datasets")
        .forEach((name, block) -> datasets.put(name, dataset(name, block)));
    return new Folder(
        directory.resolve(settings.text("path")).normalize(),
        datasets,
        size("maxRecord", settings.text("maxRecord")),
        (int) settings.whole("maxFiles"),
        settings.period("interval"),
        settings.period("settle"));
  }

  /** The dataset that a file is when the settings name none. */
  static FileDataset byItself(String name) {
    return new FileDataset(
        new DatasetId(name),
        name,
        Optional.empty(),
        List.of(),
        new LinkedHashMap<>(),
        new Style(Format.isTabbed(name) ? '\t' : ',', '"', true, "", StandardCharsets.UTF_8));
  }

  private FileDataset dataset(String name, Settings block) {
    String place = "datasets." + name + ".";
    String files = block.text("files");
    checkFiles(place + "files", files);
    LinkedHashMap<String, Type> types = types(place + "fields", block);
    boolean header = block.flag("header");
    if (!header && types.isEmpty()) {
      problem(
          place + "header",
          "a CSV without header has no names for its columns",
          "name them in order under " + place + "fields");
    }
    Optional<Format> format =
        block.optionalText("format").map(word -> Format.valueOf(word.toUpperCase(Locale.ROOT)));
    if (format.isEmpty() && Format.of(files).isEmpty()) {
      problem(
          place + "format",
          "the ending of '" + files + "' tells no format",
          "write one of " + Format.words());
    }
    return new FileDataset(
        new DatasetId(name),
        files,
        format,
        block.texts("key"),
        types,
        style(place, block, files, header));
  }

  private int size(String place, String text) {
    int unit = text.length() - 3;
    long number = Long.parseLong(text.substring(0, unit).strip());
    long most = 1L << 30;
    long size =
        switch (text.charAt(unit)) {
          case 'K' -> number << 10;
          case 'M' -> number << 20;
          default -> number << 30;
        };
    if (size > most) {
      problem(place, "a record cannot be larger than 1GiB", "write 1GiB or less");
    }
    return (int) Math.min(size, most);
  }

  private Style style(String place, Settings block, String files, boolean header) {
    String fallback = Format.isTabbed(files) ? "\t" : ",";
    char delimiter =
        character(place + "delimiter", block.optionalText("delimiter").orElse(fallback));
    char quote = character(place + "quote", block.text("quote"));
    if (delimiter == quote) {
      problem(place + "quote", "quote and delimiter are the same", "choose two characters");
    }
    return new Style(
        delimiter,
        quote,
        header,
        block.text("null"),
        charset(place + "charset", block.text("charset")));
  }

  private void checkFiles(String place, String files) {
    if (files.startsWith("/") || ("/" + files + "/").contains("/../")) {
      problem(place, "'" + files + "' leaves the folder", "write a pattern relative to path");
    }
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + files);
    } catch (PatternSyntaxException e) {
      problem(
          place,
          "'" + files + "' is not a pattern: " + e.getDescription(),
          "write one like orders*.csv");
    }
  }

  private LinkedHashMap<String, Type> types(String place, Settings block) {
    LinkedHashMap<String, Type> types = new LinkedHashMap<>();
    block
        .words("fields")
        .forEach((field, label) -> {
          try {
            types.put(field, Type.parse(label));
          } catch (IllegalArgumentException e) {
            problem(
                place + "." + field, "'" + label + "' is no type", String.valueOf(e.getMessage()));
          }
        });
    return types;
  }

  private char character(String place, String text) {
    String meant = text.equals("\\t") || text.equals("tab") ? "\t" : text;
    if (meant.length() != 1 || meant.charAt(0) > 126 || meant.equals("\n") || meant.equals("\r")) {
      problem(place, "'" + text + "' is not one ASCII character", "write one such as , ; | or tab");
      return ',';
    }
    return meant.charAt(0);
  }

  private Charset charset(String place, String name) {
    try {
      Charset charset = Charset.forName(name);
      if (ASCII.equals(new String(ASCII.getBytes(StandardCharsets.US_ASCII), charset))) {
        return charset;
      }
      problem(
          place,
          name + " does not extend ASCII, so lines cannot be found in it",
          "convert the files to UTF-8");
    } catch (IllegalArgumentException e) {
      problem(
          place,
          "there is no character set '" + name + "'",
          "write one such as UTF-8, ISO-8859-1 or windows-1252");
    }
    return StandardCharsets.UTF_8;
  }

  private void problem(String place, String message, String remedy) {
    problems.add(new Problem(place, message, remedy));
  }
}
