@NullMarked
package dev.lockstep.hub.mail;

import org.jspecify.annotations.NullMarked;
