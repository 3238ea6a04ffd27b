package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The elements and texts of one part of a workbook. Nothing outside it is ever read, and a document
 * type, by which texts could be made to grow without end, is refused.
 */
final class Xml implements AutoCloseable {
  private static final XMLInputFactory FACTORY = factory();

  private final String part;
  private final InputStream in;
  private final XMLStreamReader reader;

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    // Without document types there are no entities but &amp; and its like, of which sheets have
    // many.
    for (String limit :
        List.of(
            "entityExpansionLimit",
            "totalEntitySizeLimit",
            "maxGeneralEntitySizeLimit",
            "entityReplacementLimit")) {
      factory.setProperty("jdk.xml." + limit, "0");
    }
    return factory;
  }

  /**
   * @param part its name, for people
   */
  Xml(InputStream in, String part) throws IOException {
    this.in = in;
    this.part = part;
    try {
      this.reader = FACTORY.createXMLStreamReader(in);
    } catch (XMLStreamException malformed) {
      in.close();
      throw damaged(malformed);
    }
  }

  /**
   * Goes on to the next event.
   *
   * @return one of {@link XMLStreamConstants}
   */
  int next() throws IOException {
    try {
      int event = reader.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new ContentDamaged(
            part
                + " declares a document type or entities, which workbooks do not have; save it"
                + " anew from a program for tables");
      }
      return event;
    } catch (XMLStreamException malformed) {
      throw damaged(malformed);
    }
  }

  private IOException damaged(XMLStreamException malformed) {
    if (malformed.getNestedException() instanceof IOException failed) {
      return failed;
    }
    var place = malformed.getLocation();
    return new ContentDamaged(
        part
            + (place == null
                ? ""
                : ", line " + place.getLineNumber() + ", column " + place.getColumnNumber())
            + ": it is no XML that can be read; save the workbook anew ("
            + String.valueOf(malformed.getMessage()).replaceFirst("(?s)^.*Message: ", "")
            + ")");
  }

  boolean hasNext() throws IOException {
    try {
      return reader.hasNext();
    } catch (XMLStreamException malformed) {
      throw damaged(malformed);
    }
  }

  String name() {
    return reader.getLocalName();
  }

  @Nullable String attribute(String name) {
    return reader.getAttributeValue(null, name);
  }

  @Nullable String attribute(String space, String name) {
    return reader.getAttributeValue(space, name);
  }

  /** The text of the present event, added to what there is. */
  void text(StringBuilder target) throws IOException {
    if (target.length() + reader.getTextLength() > Formats.MOST_ITEM) {
      throw new ContentDamaged(
          part + " has a text of more than " + Formats.MOST_ITEM + " characters; make it smaller");
    }
    target.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
  }

  /** Whether an event is text. */
  static boolean isText(int event) {
    return event == XMLStreamConstants.CHARACTERS
        || event == XMLStreamConstants.CDATA
        || event == XMLStreamConstants.SPACE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
