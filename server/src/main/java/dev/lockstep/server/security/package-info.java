/** Proves who calls, and gives out the tokens by which programs call. */
@NullMarked
package dev.lockstep.server.security;

import org.jspecify.annotations.NullMarked;
