@NullMarked
package dev.lockstep.server.dispatch;

import org.jspecify.annotations.NullMarked;
