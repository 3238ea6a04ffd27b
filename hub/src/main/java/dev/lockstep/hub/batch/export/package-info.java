/**
 * Tasks that export many items into one file: kept in the store, carried out in the background,
 * gone on with where they were. A file is offered once it is whole and durable.
 */
@NullMarked
package dev.lockstep.hub.batch.export;

import org.jspecify.annotations.NullMarked;
