package dev.lockstep.cli;

import java.io.Console;
import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * Where a command prints.
 *
 * @param live whether a person watches: lines may be redrawn
 * @param colours whether colours are wanted
 */
record Terminal(PrintWriter out, PrintWriter err, boolean live, boolean colours) {

  static Terminal of(CommandLine command) {
    Console console = System.console();
    boolean live = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    boolean plain = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(command.getOut(), command.getErr(), live, live && !plain);
  }

  String good(String text) {
    return painted("32", text);
  }

  String bad(String text) {
    return painted("31", text);
  }

  String warned(String text) {
    return painted("33", text);
  }

  String faint(String text) {
    return painted("2", text);
  }

  String strong(String text) {
    return painted("1", text);
  }

  private String painted(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
