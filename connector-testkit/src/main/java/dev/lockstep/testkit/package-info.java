/**
 * What a connector's author tests with: {@link dev.lockstep.testkit.ConnectorConformance}, the
 * suite every connector passes; {@link dev.lockstep.testkit.MemoryConnector}, the reference
 * implementation and the stand-in for any system; {@link dev.lockstep.testkit.SettableClock}.
 */
@NullMarked
package dev.lockstep.testkit;

import org.jspecify.annotations.NullMarked;
