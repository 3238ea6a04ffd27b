package dev.lockstep.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code server}. */
final class ReadServer {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(\\[[0-9a-fA-F:.%]+\\]|[A-Za-z0-9._*-]+):)?(\\d{1,5})");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|::1|0:0:0:0:0:0:0:1");
  private static final int SHORTEST_TOKEN = 16;

  private final Path directory;
  private final boolean secured;
  private final Problems problems;

  /**
   * @param secured whether the file says who may call
   */
  ReadServer(Path directory, boolean secured, Problems problems) {
    this.directory = directory;
    this.secured = secured;
    this.problems = problems;
  }

  Optional<ConfiguredServer> read(Part server) {
    Optional<Path> data = data(server);
    if (!server.knows("address")) {
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(server.values().text("address"));
    if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
      problems.add(
          server.at("address"),
          server.shown("address") + " is no address with a port up to 65535",
          "write address: 127.0.0.1:7070");
      return Optional.empty();
    }
    String host = host(address.group(1));
    checkToken(server, host);
    return data.map(folder ->
        new ConfiguredServer(
            host, Integer.parseInt(address.group(2)), server.values().secret("token"), folder));
  }

  private static String host(String written) {
    if (written == null) {
      return "127.0.0.1";
    }
    return written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
  }

  private void checkToken(Part server, String host) {
    boolean alone = LOOPBACK.matcher(host).matches();
    if (!alone && !secured && !server.has("token")) {
      problems.add(
          server.at("address"),
          "others than this machine could reach the server, and it has no token",
          "add token: \"${LOCKSTEP_TOKEN}\", or write address: 127.0.0.1:7070");
    }
    server
        .values()
        .secret("token")
        .filter(token -> token.reveal().length() < SHORTEST_TOKEN)
        .ifPresent(token ->
            problems.add(
                server.at("token"),
                "the token is shorter than " + SHORTEST_TOKEN + " characters",
                "make one with: openssl rand -hex 32"));
  }

  private Optional<Path> data(Part server) {
    if (!server.knows("data")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          directory.resolve(server.values().text("data")).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      problems.add(
          server.at("data"),
          server.shown("data") + " is no folder's name",
          "write data: .lockstep");
      return Optional.empty();
    }
  }
}
