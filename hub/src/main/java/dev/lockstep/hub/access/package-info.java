/**
 * Who may do what with objects and their entries: a caller is a {@link
 * dev.lockstep.hub.access.Principal} with roles and, where it came with a token, scopes; {@link
 * dev.lockstep.hub.access.Access} answers for one request.
 */
@NullMarked
package dev.lockstep.hub.access;

import org.jspecify.annotations.NullMarked;
