package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A content in a file for a while, as its parts are not read in their order. */
record Spilled(Path path) {

  static Spilled of(InputStream in, Path scratch) throws IOException {
    Path file = Files.createTempFile(scratch, "content-", ".tmp");
    try (in) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return new Spilled(file);
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(file);
      throw failed;
    }
  }

  /** What reads the file. */
  interface Opening {
    ItemReader open() throws IOException;
  }

  /** A reader of the file with which it goes. */
  ItemReader closing(Opening opening) throws IOException {
    ItemReader reader;
    try {
      reader = opening.open();
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(path);
      throw failed;
    }
    return new ItemReader() {
      @Override
      public @Nullable Item next() throws IOException {
        return reader.next();
      }

      @Override
      public Optional<Reach> reach() {
        return reader.reach();
      }

      @Override
      public void close() throws IOException {
        try (reader) {
          Files.deleteIfExists(path);
        }
      }
    };
  }
}
