package dev.lockstep.hub;

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
    Row values) {}
