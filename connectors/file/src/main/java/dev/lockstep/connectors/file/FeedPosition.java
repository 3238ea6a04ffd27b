package dev.lockstep.connectors.file;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far each file of a feed was read. */
final class FeedPosition {
  private static final String VERSION = "feed1";
  private static final int WORDS = 6;

  private FeedPosition() {}

  /** A file of a dataset. */
  record Name(DatasetId dataset, String file) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      int byDataset = dataset.compareTo(other.dataset);
      return byDataset != 0 ? byDataset : file.compareTo(other.file);
    }
  }

  /**
   * How far a file was read.
   *
   * @param identity which file it was that had the name
   * @param print what its content was known by: of a file that grows its beginning, of one that is
   *     read as a whole its size and time
   */
  record Mark(String identity, Place place, String print) {}

  static Position of(Map<Name, Mark> marks) {
    List<String> words = new ArrayList<>(1 + marks.size() * WORDS);
    words.add(VERSION);
    marks.forEach((name, mark) -> {
      words.add(name.dataset().name());
      words.add(name.file());
      words.add(mark.identity());
      words.add(Long.toString(mark.place().offset()));
      words.add(Long.toString(mark.place().line()));
      words.add(mark.print());
    });
    return new Position(Token.of(words));
  }

  static Map<Name, Mark> parse(Position position) {
    List<String> words = Token.words(position.token(), VERSION);
    if (words.size() % WORDS != 1) {
      throw lost(position);
    }
    Map<Name, Mark> marks = new TreeMap<>();
    try {
      for (int i = 1; i < words.size(); i += WORDS) {
        Place place = new Place(Long.parseLong(words.get(i + 3)), Long.parseLong(words.get(i + 4)));
        marks.put(
            new Name(new DatasetId(words.get(i)), words.get(i + 1)),
            new Mark(words.get(i + 2), place, words.get(i + 5)));
      }
    } catch (IllegalArgumentException e) {
      throw lost(position);
    }
    return marks;
  }

  private static ConnectorException lost(Position position) {
    // Invariant 9: a lost position is an error that names its remedy, never a skip.
    return new ConnectorException(
        new Failure.PositionLost(
            position, "'" + position + "' is no position of a folder; read in bulk again"));
  }
}
