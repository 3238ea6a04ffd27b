package dev.lockstep.engine.journal;

/** What a capture's journal holds at a moment: batches, and their bytes in the store. */
public record JournalSize(long batches, long bytes) {}
