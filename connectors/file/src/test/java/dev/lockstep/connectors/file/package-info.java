@NullMarked
package dev.lockstep.connectors.file;

import org.jspecify.annotations.NullMarked;
