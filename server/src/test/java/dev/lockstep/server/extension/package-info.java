@NullMarked
package dev.lockstep.server.extension;

import org.jspecify.annotations.NullMarked;
