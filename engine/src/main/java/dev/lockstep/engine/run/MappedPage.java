package dev.lockstep.engine.run;

import dev.lockstep.connector.Position;
import dev.lockstep.engine.reconcile.Item;
import java.util.List;

/**
 * A page whose records are mapped.
 *
 * @param items one for each record of the page, in its order
 * @param resumeAfter the position once all of them are delivered
 */
record MappedPage(List<Item> items, PageNotes notes, Position resumeAfter) {}
