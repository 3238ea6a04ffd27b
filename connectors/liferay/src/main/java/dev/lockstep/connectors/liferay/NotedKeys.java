package dev.lockstep.connectors.liferay;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The codes of entries that were found since the keys were listed last: what is added and deleted
 * between two lists is in neither. They lie in a file, a line each, so that a killed process has
 * them still and memory does not grow with them. Used by one thread.
 */
final class NotedKeys implements Closeable {
  private static final int AT_ONCE = 50_000;

  private final Path file;
  private final Path apart;
  private @Nullable BufferedWriter out;
  private @Nullable BufferedReader in;

  NotedKeys(Path file) {
    this.file = file;
    this.apart = file.resolveSibling(file.getFileName() + ".apart");
  }

  void note(Collection<String> codes) throws IOException {
    if (codes.isEmpty()) {
      return;
    }
    if (out == null) {
      Files.createDirectories(file.getParent());
      out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    for (String code : codes) {
      out.write(code);
      out.newLine();
    }
    out.flush();
  }

  /** Sets apart what was noted so far, for the list that is begun now. */
  void setApart() throws IOException {
    close();
    if (!Files.exists(file)) {
      return;
    }
    if (!Files.exists(apart)) {
      Files.move(file, apart, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    // An earlier list did not come to its end.
    try (InputStream more = Files.newInputStream(file);
        OutputStream all = Files.newOutputStream(apart, StandardOpenOption.APPEND)) {
      more.transferTo(all);
    }
    Files.delete(file);
  }

  /**
   * Some of those set apart that a list lacks; empty when there are no more.
   *
   * @param list lines that have a code after a tab
   */
  Set<String> lacking(Path list) throws IOException {
    Set<String> some = new HashSet<>();
    while (some.isEmpty() && read(some)) {
      try (BufferedReader listed = Files.newBufferedReader(list)) {
        for (String line = listed.readLine(); line != null; line = listed.readLine()) {
          some.remove(line.substring(line.indexOf('\t') + 1));
        }
      }
    }
    return some;
  }

  /** Reads on; false at the end. */
  private boolean read(Set<String> some) throws IOException {
    if (in == null) {
      if (!Files.exists(apart)) {
        return false;
      }
      in = Files.newBufferedReader(apart);
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      some.add(line);
      if (some.size() == AT_ONCE) {
        break;
      }
    }
    return !some.isEmpty();
  }

  /** Forgets those set apart. */
  void settle() throws IOException {
    close();
    Files.deleteIfExists(apart);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
    if (in != null) {
      in.close();
      in = null;
    }
  }
}
