/**
 * Files that entries refer to: what is said of them is in the store, their contents are in a folder
 * beside it. Contents are streamed; none is ever held whole.
 */
@NullMarked
package dev.lockstep.hub.file;

import org.jspecify.annotations.NullMarked;
