/** Real servers for tests: each started once per JVM on a free port of the loopback address. */
@NullMarked
package dev.lockstep.testkit.servers;

import org.jspecify.annotations.NullMarked;
