package dev.lockstep.connectors.file;

import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a planned read: some files, one after the other. Survives a restart as its token.
 *
 * @param since the bound's field, type and value as text
 */
record FilePartition(int pageRows, Optional<Bound> since, List<String> files) {
  private static final String VERSION = "files1";

  /** A lower bound that can be written down. */
  record Bound(String field, String type, String value) {
    static Bound of(Since since, Type type) {
      return new Bound(since.field(), type.label(), FieldText.of(since.value()));
    }
  }

  FilePartition {
    files = List.copyOf(files);
  }

  static FilePartition of(Request request, Optional<Bound> since, List<SourceFile> files) {
    return new FilePartition(
        request.pageRows(), since, files.stream().map(SourceFile::name).toList());
  }

  String token() {
    List<String> words = new ArrayList<>();
    words.add(VERSION);
    words.add(Integer.toString(pageRows));
    words.add(since.map(Bound::field).orElse(""));
    words.add(since.map(Bound::type).orElse(""));
    words.add(since.map(Bound::value).orElse(""));
    words.addAll(files);
    return Token.of(words);
  }

  static FilePartition parse(String token) {
    List<String> words = Token.words(token, VERSION);
    if (words.size() < 5) {
      throw Faults.permanent("'" + token + "' is no partition of files; plan the read again");
    }
    Optional<Bound> since =
        words.get(2).isEmpty()
            ? Optional.empty()
            : Optional.of(new Bound(words.get(2), words.get(3), words.get(4)));
    return new FilePartition(Integer.parseInt(words.get(1)), since, words.subList(5, words.size()));
  }
}
