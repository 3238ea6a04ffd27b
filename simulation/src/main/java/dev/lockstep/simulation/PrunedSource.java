package dev.lockstep.simulation;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.SystemSpec;
import dev.lockstep.hub.HubConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A source that forgets what was acknowledged, at once and for good, and survives kills. Asked for
 * changes after an older place, it silently goes on from where it stands, as PostgreSQL's
 * replication slots do: whoever acknowledges before a change is durable loses it.
 */
final class PrunedSource {
  private final Path file;
  private final Plan.Source kind;

  PrunedSource(Path file, Plan.Source kind) {
    this.file = file;
    this.kind = kind;
  }

  /** The hub through this source; other systems as they are. */
  SystemSpec around(SystemSpec system) {
    return system.name().equals(HubConnection.SYSTEM)
        ? new SystemSpec(
            system.name(), system.connector(), around(system.connection()), system.limits())
        : system;
  }

  private Connection around(Connection connection) {
    ChangeReader reader = connection.changeReader().orElseThrow();
    return new PrunedConnection(connection, new PrunedChanges(reader, this));
  }

  boolean acknowledgesEarly() {
    return kind == Plan.Source.ACKNOWLEDGED_EARLY;
  }

  /** The later of where the reader wants to go on and where this source still has changes. */
  Position startFor(Position wanted) {
    return pruned().filter(it -> sequence(it) > sequence(wanted)).orElse(wanted);
  }

  synchronized void prune(Position upTo) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, upTo.token());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Position> pruned() {
    try {
      return Files.exists(file)
          ? Optional.of(new Position(Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A place in the hub's log ends with the number of its event. */
  private static long sequence(Position position) {
    String token = position.token();
    return Long.parseLong(token.substring(token.lastIndexOf(' ') + 1));
  }
}
