/** Secrets of those who call this server. */
@NullMarked
package dev.lockstep.server.credential;

import org.jspecify.annotations.NullMarked;
