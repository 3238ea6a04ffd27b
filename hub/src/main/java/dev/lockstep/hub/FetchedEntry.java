package dev.lockstep.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was read together with texts that are not its own.
 *
 * @param more what was asked for besides, in that order
 */
public record FetchedEntry(Entry entry, List<@Nullable String> more) {}
