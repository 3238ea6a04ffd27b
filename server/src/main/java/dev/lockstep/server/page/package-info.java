/** The status page: what it shows, in the words it shows. */
@NullMarked
package dev.lockstep.server.page;

import org.jspecify.annotations.NullMarked;
