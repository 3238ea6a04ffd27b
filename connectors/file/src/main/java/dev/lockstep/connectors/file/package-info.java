/** Files and folders of files as a system. */
@NullMarked
package dev.lockstep.connectors.file;

import org.jspecify.annotations.NullMarked;
