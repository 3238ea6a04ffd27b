package dev.lockstep.hub.outgoing;

import java.util.Optional;

/**
 * What came back.
 *
 * @param beginning the first characters of the body
 * @param retryAfter the header of that name, as it was sent
 */
public record Answered(int status, String beginning, Optional<String> retryAfter) {}
