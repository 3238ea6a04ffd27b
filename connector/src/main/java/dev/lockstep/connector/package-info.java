/**
 * The connector contract: all that a connector author sees, and all that the engine knows of a
 * system.
 *
 * <p>Read in this order: {@link dev.lockstep.connector.Connector} opens a {@link
 * dev.lockstep.connector.Connection}, which offers roles ({@link
 * dev.lockstep.connector.BulkReader}, {@link dev.lockstep.connector.ChangeReader}, {@link
 * dev.lockstep.connector.Writer}, {@link dev.lockstep.connector.Lookup}, {@link
 * dev.lockstep.connector.DatasetCreator}); rows and changes travel as {@link
 * dev.lockstep.connector.Row} and {@link dev.lockstep.connector.Change}.
 */
@NullMarked
package dev.lockstep.connector;

import org.jspecify.annotations.NullMarked;
