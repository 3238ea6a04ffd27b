/**
 * What items mean that are no entries: definitions and their parts, folders, picklists, templates
 * of messages; and what is kept whole because the hub gives it no meaning.
 */
@NullMarked
package dev.lockstep.hub.batch.document;

import org.jspecify.annotations.NullMarked;
