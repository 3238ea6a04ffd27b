package dev.lockstep.connectors.file;

import dev.lockstep.connector.Position;
import java.util.List;

/**
 * A place within a partition.
 *
 * @param file the file's number in the partition
 * @param identity which file stood under that name, empty before it was opened
 */
record FilePosition(int file, String identity, Place place) {
  private static final String VERSION = "place1";
  static final FilePosition START = new FilePosition(0, "", Place.START);

  Position position() {
    return new Position(
        Token.of(
            List.of(
                VERSION,
                Integer.toString(file),
                Long.toString(place.offset()),
                Long.toString(place.line()),
                identity)));
  }

  static FilePosition parse(Position position) {
    List<String> words = Token.words(position.token(), VERSION);
    if (words.size() != 5) {
      throw Faults.permanent(
          "'" + position + "' is no place in a partition of files; read from the start");
    }
    try {
      Place place = new Place(Long.parseLong(words.get(2)), Long.parseLong(words.get(3)));
      return new FilePosition(Integer.parseInt(words.get(1)), words.get(4), place);
    } catch (NumberFormatException e) {
      throw Faults.permanent(
          "'" + position + "' is no place in a partition of files; read from the start");
    }
  }
}
