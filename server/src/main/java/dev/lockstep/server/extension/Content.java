package dev.lockstep.server.extension;

import java.io.IOException;
import java.io.InputStream;
import java.util.SortedSet;

/** Files by their paths, parts joined by a slash; what is read of each is bounded. */
public interface Content {
  SortedSet<String> paths();

  /** The content of a file, to be closed. */
  InputStream open(String path) throws IOException;

  /** A file that is to be held whole, which is refused when it is long. */
  default byte[] small(String path) throws IOException, ExtensionRefused {
    try (InputStream in = open(path)) {
      byte[] bytes = in.readNBytes(MOST_SMALL + 1);
      if (bytes.length > MOST_SMALL) {
        throw new ExtensionRefused(
            path + " is longer than " + MOST_SMALL + " bytes", "it is to be a short description");
      }
      return bytes;
    }
  }

  /** Descriptions are short. */
  int MOST_SMALL = 1 << 20;
}
