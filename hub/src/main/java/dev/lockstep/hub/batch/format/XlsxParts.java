package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a workbook has beside its rows. */
final class XlsxParts {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE =
      "http://schemas.openxmlformats.org/package/2006/relationships";
  private static final Pattern LIKE_ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

  static final String SHEET = HEAD + "<worksheet xmlns=\"" + MAIN + "\"><sheetData>";

  private XlsxParts() {}

  record Part(String name, String text) {}

  static List<Part> around(int sheets) {
    StringBuilder types = new StringBuilder();
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    for (int i = 1; i <= sheets; i++) {
      types.append(
          """
          <Override PartName="/xl/worksheets/sheet%d.xml" \
          ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
          """
              .formatted(i));
      list.append(
          "<sheet name=\"Items%s\" sheetId=\"%d\" r:id=\"r%d\"/>"
              .formatted(i == 1 ? "" : " " + i, i, i));
      relations.append(
          "<Relationship Id=\"r%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
              .formatted(i, OFFICE, i));
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("xl/workbook.xml", workbook(list.toString())));
    parts.add(new Part("xl/_rels/workbook.xml.rels", relations(relations.toString())));
    parts.add(new Part("xl/styles.xml", STYLES));
    parts.add(
        new Part(
            "_rels/.rels",
            HEAD
                + "<Relationships xmlns=\""
                + PACKAGE
                + "\"><Relationship Id=\"r1\" Type=\""
                + OFFICE
                + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
    parts.add(new Part("[Content_Types].xml", types(types.toString())));
    return parts;
  }

  private static String workbook(String sheets) {
    return HEAD
        + "<workbook xmlns=\""
        + MAIN
        + "\" xmlns:r=\""
        + OFFICE
        + "\"><sheets>"
        + sheets
        + "</sheets></workbook>";
  }

  private static String relations(String sheets) {
    return HEAD
        + "<Relationships xmlns=\""
        + PACKAGE
        + "\">"
        + sheets
        + "<Relationship Id=\"styles\" Type=\""
        + OFFICE
        + "/styles\" Target=\"styles.xml\"/></Relationships>";
  }

  private static String types(String sheets) {
    return HEAD
        + """
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Default Extension="xml" ContentType="application/xml"/>\
        <Override PartName="/xl/workbook.xml" \
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
        <Override PartName="/xl/styles.xml" \
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
        """
        + sheets
        + "</Types>";
  }

  /** Style 1 shows a day, style 2 a day with its time. */
  private static final String STYLES =
      HEAD
          + "<styleSheet xmlns=\""
          + MAIN
          + """
          "><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>\
          <numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts>\
          <fonts count="1"><font/></fonts><fills count="2"><fill/>\
          <fill><patternFill patternType="gray125"/></fill></fills>\
          <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>\
          <cellXfs count="3"><xf/><xf numFmtId="164" applyNumberFormat="1"/>\
          <xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>\
          """;

  /** Text within XML; what XML cannot have is written by its number, as programs for tables do. */
  static void escape(String text, Writer out) throws IOException {
    String safe = text.contains("_x") ? LIKE_ESCAPE.matcher(text).replaceAll("_x005F_") : text;
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      switch (c) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '\t', '\n' -> out.write(c);
        default -> {
          if (isPair(safe, i)) {
            out.write(safe, i++, 2);
          } else if (c < ' ' || Character.isSurrogate(c) || c >= '\uFFFE') {
            out.write("_x%04X_".formatted((int) c));
          } else {
            out.write(c);
          }
        }
      }
    }
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
