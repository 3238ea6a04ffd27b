package dev.lockstep.hub.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a parameter, without the blanks around it.
 *
 * @param column where it begins, from 1
 */
record Piece(String text, int column) {

  static Piece of(String text, int column) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return new Piece(text.strip(), column + start);
  }

  List<Piece> split(char separator) {
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      pieces.add(of(text.substring(start, end), column + start));
      start = end + 1;
    }
    pieces.add(of(text.substring(start), column + start));
    return pieces;
  }

  FieldPath path(String parameter) {
    List<Piece> segments = split('/');
    for (Piece segment : segments) {
      if (segment.text.isEmpty()) {
        throw new FilterFault(
            parameter, segment.column, "a field's name is missing", "write one, or no , before it");
      }
    }
    if (segments.size() > Limits.SEGMENTS) {
      throw new FilterFault(
          parameter,
          column,
          "the path has more than " + Limits.SEGMENTS + " names",
          "ask for a nearer field");
    }
    return new FieldPath(
        segments.stream().map(Piece::text).toList(), segments.stream().map(Piece::column).toList());
  }
}
