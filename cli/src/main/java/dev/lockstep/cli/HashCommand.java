package dev.lockstep.cli;

import dev.lockstep.server.credential.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code lockstep hash}: a password or secret as it stands in a configuration. */
@Command(
    name = "hash",
    description =
        "Prints the hash of a password, or of an application's secret, for the configuration. It is"
            + " asked for, or read as the first line of standard input.",
    mixinStandardHelpOptions = true)
final class HashCommand implements Callable<Integer> {
  private static final int SHORTEST = 12;

  @Mixin private Common common;

  @Override
  public Integer call() throws IOException {
    String secret = read();
    if (secret == null || secret.length() < SHORTEST) {
      throw new Failed(
          "the secret is shorter than "
              + SHORTEST
              + " characters; make one with: openssl rand -hex 32");
    }
    String hash = PasswordHash.of(secret).text();
    if (common.isJson()) {
      common.printer().json(JsonNodeFactory.instance.objectNode().put("hash", hash));
    } else {
      common.printer().line(hash);
    }
    return ExitCode.DONE;
  }

  private static @Nullable String read() throws IOException {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Secret: ");
      return typed == null ? null : new String(typed);
    }
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
  }
}
