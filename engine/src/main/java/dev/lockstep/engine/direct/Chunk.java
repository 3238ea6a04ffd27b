package dev.lockstep.engine.direct;

import dev.lockstep.connector.Position;
import dev.lockstep.engine.reconcile.Item;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Some changes in the order of the source, mapped, sync by sync.
 *
 * @param cleared the syncs whose datasets lost every record before these changes
 * @param parts the changes of each sync
 * @param position where to resume after them; counts only where {@code endsTransaction}
 * @param changes how many they are
 * @param bytes about how much memory they take
 * @param committedAt when the source committed the last of them
 */
record Chunk(
    Set<Member> cleared,
    List<Part> parts,
    Position position,
    boolean endsTransaction,
    int changes,
    long bytes,
    Instant committedAt) {

  /** The changes of one sync. */
  record Part(Member member, List<Item> items) {}
}
