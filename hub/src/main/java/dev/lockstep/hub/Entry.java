package dev.lockstep.hub;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import java.time.Instant;

/**
 * One entry of an object, as the hub keeps it.
 *
 * @param values the declared fields, in the definition's order; never {@link Row#ABSENT}
 */
public record Entry(
    String externalReferenceCode,
    long id,
    Instant dateCreated,
    Instant dateModified,
    long version,
    Row values) {

  /** Roughly how many characters and bytes the entry holds. */
  public long weight() {
    long weight = 100;
    for (Object value : values.values()) {
      weight +=
          switch (value) {
            case String text -> text.length();
            case JsonText json -> json.text().length();
            case byte[] bytes -> bytes.length;
            case null, default -> 8;
          };
    }
    return weight;
  }
}
