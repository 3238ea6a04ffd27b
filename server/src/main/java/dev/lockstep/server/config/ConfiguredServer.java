package dev.lockstep.server.config;

import dev.lockstep.connector.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Lockstep serves and keeps its state.
 *
 * @param host as written; an IPv6 address without brackets
 * @param port 0 for any free one
 * @param token what callers must send; always there when the host is not this machine alone
 * @param data the store's folder, absolute
 */
public record ConfiguredServer(String host, int port, Optional<Secret> token, Path data) {}
