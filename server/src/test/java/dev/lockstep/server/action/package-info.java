/** Actions of objects, tried from end to end. */
@NullMarked
package dev.lockstep.server.action;

import org.jspecify.annotations.NullMarked;
