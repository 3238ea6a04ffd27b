/**
 * The hub over HTTP: entries by code and id, batches, conditional requests, problems as RFC 9457.
 */
@NullMarked
package dev.lockstep.hub.rest;

import org.jspecify.annotations.NullMarked;
