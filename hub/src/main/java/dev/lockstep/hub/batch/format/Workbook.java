package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/** The parts of an XLSX file that its rows need. Nothing is unpacked to a file of a name within. */
final class Workbook implements AutoCloseable {
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String STRICT_RELATIONS =
      "http://purl.oclc.org/ooxml/officeDocument/relationships";
  private static final int MOST_PARTS = 10_000;
  private static final long MOST_SMALL_PART = 64L << 20;
  private static final long MOST_PART = 32L << 30;

  private final ZipFile zip;
  private final List<Sheet> sheets = new ArrayList<>();
  private final long size;
  private boolean from1904;
  private long rowsBefore;
  private @Nullable Bounded rows;

  /** A sheet and the part that has its rows. */
  record Sheet(String name, String part) {}

  Workbook(Path file) throws IOException {
    refuseOld(file);
    this.size = Files.size(file);
    try {
      this.zip = new ZipFile(file.toFile());
    } catch (ZipException broken) {
      throw new ContentDamaged(
          "the content is no XLSX file, or only a part of one (" + broken.getMessage() + ")");
    }
    try {
      open();
    } catch (IOException | RuntimeException failed) {
      zip.close();
      throw failed;
    }
  }

  private static void refuseOld(Path file) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(4);
    }
    if (first.length == 4 && first[0] == (byte) 0xD0 && first[1] == (byte) 0xCF) {
      throw new ContentDamaged(
          "the content is an old XLS file, or has a password; save it as XLSX without one, or as"
              + " CSV");
    }
  }

  private void open() throws IOException {
    if (zip.size() > MOST_PARTS) {
      throw new ContentDamaged("the workbook has more than " + MOST_PARTS + " parts");
    }
    boolean linked = zip.stream().anyMatch(part -> part.getName().startsWith("xl/externalLinks/"));
    if (linked) {
      throw new ContentDamaged(
          "the workbook takes values from other files, which are not read; break its links (Data,"
              + " Edit Links) and save it again");
    }
    Map<String, String> parts = relations();
    try (Xml xml = small("xl/workbook.xml")) {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          if (xml.name().equals("workbookPr")) {
            String base = xml.attribute("date1904");
            from1904 = "1".equals(base) || "true".equals(base);
          } else if (xml.name().equals("sheet")) {
            sheet(xml, parts);
          }
        }
      }
    }
    if (sheets.isEmpty()) {
      throw new ContentDamaged("the workbook has no sheet");
    }
  }

  private void sheet(Xml xml, Map<String, String> parts) {
    String relation = xml.attribute(RELATIONS, "id");
    if (relation == null) {
      relation = xml.attribute(STRICT_RELATIONS, "id");
    }
    String part = relation == null ? null : parts.get(relation);
    if (part != null && part.contains("worksheets/")) {
      String name = xml.attribute("name");
      sheets.add(new Sheet(name == null ? part : name, part));
    }
  }

  private Map<String, String> relations() throws IOException {
    Map<String, String> parts = new HashMap<>();
    try (Xml xml = small("xl/_rels/workbook.xml.rels")) {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.name().equals("Relationship")) {
          String id = xml.attribute("Id");
          String target = xml.attribute("Target");
          if ("External".equals(xml.attribute("TargetMode"))) {
            throw new ContentDamaged(
                "the workbook refers to '" + target + "' outside it, which is not read; remove it");
          }
          if (id != null && target != null) {
            parts.put(id, target.startsWith("/") ? target.substring(1) : "xl/" + target);
          }
        }
      }
    }
    return parts;
  }

  List<Sheet> sheets() {
    return sheets;
  }

  boolean from1904() {
    return from1904;
  }

  private Xml small(String part) throws IOException {
    return new Xml(open(part, MOST_SMALL_PART), part);
  }

  /** A part that the workbook need not have; null for none. */
  @Nullable Xml optional(String part) throws IOException {
    return zip.getEntry(part) == null ? null : new Xml(open(part, MOST_PART), part);
  }

  /** The rows of a sheet; those of the one before are not read any more. */
  Xml rows(Sheet sheet) throws IOException {
    rowsBefore = rowsRead();
    rows = open(sheet.part(), MOST_PART);
    return new Xml(rows, "the sheet '" + sheet.name() + "'");
  }

  /** How many bytes of sheets were read, unpacked. */
  long rowsRead() {
    return rowsBefore + (rows == null ? 0 : rows.expanded());
  }

  /** How many bytes all sheets have, as the archive says. */
  long rowsSize() {
    return sheets.stream()
        .map(sheet -> zip.getEntry(sheet.part()))
        .mapToLong(entry -> entry == null ? 0 : Math.max(0, entry.getSize()))
        .sum();
  }

  private Bounded open(String part, long most) throws IOException {
    ZipEntry entry = zip.getEntry(part);
    if (entry == null) {
      throw new ContentDamaged("the workbook has no part '" + part + "'; save it anew");
    }
    try {
      long packed = Math.min(entry.getCompressedSize(), size);
      return new Bounded(zip.getInputStream(entry), part, packed, most);
    } catch (ZipException broken) {
      throw new ContentDamaged("the part '" + part + "' cannot be unpacked; save it anew");
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
