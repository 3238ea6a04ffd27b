package dev.lockstep.hub;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of one entry, for those who follow the log with a mind of their own.
 *
 * @param id names the event, the same whenever it is read; no other event of any hub has it
 * @param seq its place in the log; it grows with every event
 * @param before the entry before it; empty for an added one
 * @param after the entry after it; empty for a deleted one
 * @param who by whose hand, where that is known
 * @param cause the delivery of an action that it comes from, where it comes from one
 * @param elsewhere the installation that wrote it, where another one said that it did
 * @param signal what it tells where nothing changed, and {@code after} is the entry as it was; null
 *     for a change
 */
public record HubEvent(
    String id,
    long seq,
    Instant at,
    String object,
    String code,
    Optional<Entry> before,
    Optional<Entry> after,
    @Nullable String who,
    @Nullable String cause,
    @Nullable String elsewhere,
    @Nullable String signal) {}
