/**
 * What can be asked of a Lockstep and what it can be told, in the JSON that API and commands share.
 */
@NullMarked
package dev.lockstep.server.admin;

import org.jspecify.annotations.NullMarked;
