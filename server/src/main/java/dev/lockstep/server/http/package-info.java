/** The API, health, metrics and pages over HTTP, and who may use them. */
@NullMarked
package dev.lockstep.server.http;

import org.jspecify.annotations.NullMarked;
