@NullMarked
package dev.lockstep.hub.rest;

import org.jspecify.annotations.NullMarked;
