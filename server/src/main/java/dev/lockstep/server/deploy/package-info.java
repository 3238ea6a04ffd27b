/** Client extensions on their way into a running Lockstep. */
@NullMarked
package dev.lockstep.server.deploy;

import org.jspecify.annotations.NullMarked;
