/** Messages, and the server of SMTP that takes them. */
@NullMarked
package dev.lockstep.hub.mail;

import org.jspecify.annotations.NullMarked;
