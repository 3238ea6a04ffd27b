package dev.lockstep.server.extension;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of an archive, read where they lie: nothing of it is unpacked into a folder, so a name
 * that leads elsewhere or a link has nowhere to lead. What it may grow to is bounded by its own
 * size.
 */
public final class ZipContent implements Content, AutoCloseable {
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_GROWTH = 200;
  private static final long FREE_GROWTH = 64L << 20;
  private static final long MOST_BYTES = 16L << 30;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

  private final ZipFile zip;
  private final long most;
  private final SortedSet<String> paths;

  private ZipContent(ZipFile zip, long most, SortedSet<String> paths) {
    this.zip = zip;
    this.most = most;
    this.paths = paths;
  }

  /** Opens an archive and looks at its list of contents. */
  public static ZipContent open(Path file) throws IOException, ExtensionRefused {
    long size = Files.size(file);
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException notWhole) {
      throw ExtensionRefused.torn("it is no whole zip (" + notWhole.getMessage() + ")");
    }
    try {
      long most = Math.min(MOST_BYTES, size * MOST_GROWTH + FREE_GROWTH);
      return new ZipContent(zip, most, paths(zip, most));
    } catch (ExtensionRefused | RuntimeException refused) {
      zip.close();
      throw refused;
    }
  }

  private static SortedSet<String> paths(ZipFile zip, long most) throws ExtensionRefused {
    if (zip.size() > MOST_ENTRIES) {
      throw new ExtensionRefused(
          "it has " + zip.size() + " files", "send at most " + MOST_ENTRIES + " at once");
    }
    SortedSet<String> paths = new TreeSet<>();
    long declared = 0;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      checkName(entry.getName());
      declared += Math.max(0, entry.getSize());
      if (!entry.isDirectory() && !paths.add(entry.getName())) {
        throw new ExtensionRefused("it has " + entry.getName() + " twice", "pack each file once");
      }
    }
    if (declared > most || declared < 0) {
      throw tooMuch(most);
    }
    return paths;
  }

  /** A name within the archive and below its top. */
  static void checkName(String name) throws ExtensionRefused {
    boolean leads =
        name.startsWith("/") || name.indexOf('\\') >= 0 || DRIVE.matcher(name).matches();
    for (String part : name.split("/", -1)) {
      leads |= part.equals("..") || part.equals(".");
    }
    if (leads || name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      String shown = name.replaceAll("\\p{Cntrl}", "?");
      throw new ExtensionRefused(
          "the name '" + shown + "' leads out of the archive", "pack files below one folder");
    }
  }

  private static ExtensionRefused tooMuch(long most) {
    return new ExtensionRefused(
        "it unpacks to more than " + most + " bytes, far more than it has",
        "split it into several extensions");
  }

  @Override
  public SortedSet<String> paths() {
    return paths;
  }

  @Override
  public InputStream open(String path) throws IOException {
    ZipEntry entry = zip.getEntry(path);
    if (entry == null) {
      throw new IOException(path + " is not in the archive");
    }
    return new Bounded(zip.getInputStream(entry), most);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** The size that an archive declares may be a lie. */
  private static final class Bounded extends FilterInputStream {
    private final long most;
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      this.most = most;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        take(1);
      }
      return one;
    }

    @Override
    public int read(byte[] some, int from, int length) throws IOException {
      int read = super.read(some, from, length);
      if (read > 0) {
        take(read);
      }
      return read;
    }

    private void take(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException(tooMuch(most).fault());
      }
    }
  }
}
