package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.batch.ExportParameters;
import dev.lockstep.hub.batch.Order;
import dev.lockstep.hub.batch.Pace;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.hub.batch.format.ContentType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An export: what was asked for, and how far it is.
 *
 * @param code its external reference code
 * @param place the name of its file
 * @param done how much of the file is durable
 * @param error why it failed; empty otherwise
 * @param cancelled whether somebody ended it
 */
public record ExportTask(
    long id,
    String code,
    Wanted wanted,
    String place,
    Asker asker,
    Status status,
    boolean cancelled,
    Done done,
    String error,
    Optional<Instant> started,
    Optional<Instant> ended) {

  /**
   * What was asked for.
   *
   * @param className what the items are; a delegate may follow a {@code #}
   * @param all the parameters by their names
   */
  public record Wanted(String className, ContentType type, Map<String, String> all) {
    public Wanted {
      int hash = className.indexOf('#');
      if (hash >= 0) {
        Map<String, String> more = new java.util.LinkedHashMap<>(all);
        more.putIfAbsent(Order.DELEGATE, className.substring(hash + 1));
        all = more;
        className = className.substring(0, hash);
      }
      all = Map.copyOf(all);
    }

    /** {@code taskItemDelegateName}. */
    public String delegate() {
      String sent = all.getOrDefault(Order.DELEGATE, "");
      return sent.isEmpty() ? "DEFAULT" : sent;
    }

    Optional<String> callback() {
      return Optional.ofNullable(all.get("callbackURL")).filter(it -> !it.isBlank());
    }

    Optional<String> code() {
      return Optional.ofNullable(all.get("externalReferenceCode")).filter(it -> !it.isBlank());
    }

    /** The fields that were named; empty for all. */
    List<String> fields() {
      return Arrays.stream(all.getOrDefault("fieldNames", "").split(",", -1))
          .map(String::strip)
          .filter(it -> !it.isEmpty())
          .distinct()
          .toList();
    }

    ExportParameters parameters(Access access) {
      return new ExportParameters(className, delegate(), all, access);
    }
  }

  /**
   * How much is done.
   *
   * @param items how many stand in the file
   * @param total how many there are; 0 while that is not known
   * @param bytes how long the file is
   * @param at where the items go on
   */
  public record Done(long items, long total, long bytes, String at) {
    static final Done NOTHING = new Done(0, 0, 0, "");
  }

  /** How far it is, and how fast. */
  public Pace pace(Instant now) {
    return Pace.of(percent(), done.items(), started, ended, now);
  }

  private double percent() {
    if (status == Status.COMPLETED) {
      return 100;
    }
    return done.total() == 0 ? 0 : Math.min(100, 100.0 * done.items() / done.total());
  }

  /** The name of the file within the archive that is sent. */
  public String fileName() {
    return "export." + wanted.type().extension();
  }
}
