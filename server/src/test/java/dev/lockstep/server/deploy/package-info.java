@NullMarked
package dev.lockstep.server.deploy;

import org.jspecify.annotations.NullMarked;
