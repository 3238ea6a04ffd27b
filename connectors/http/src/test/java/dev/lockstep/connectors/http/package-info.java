@NullMarked
package dev.lockstep.connectors.http;

import org.jspecify.annotations.NullMarked;
