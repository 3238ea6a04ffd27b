package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import java.time.Instant;

/** One change with its place in its capture, and when it was made durable here. */
public record JournalEntry(long sequence, Instant journaledAt, Change change) {}
