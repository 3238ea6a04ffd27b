package dev.lockstep.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only has others below it: by itself it tells which. */
abstract class Subcommands implements Runnable {
  @Spec private CommandSpec spec;

  /** This command, for what is wrong with how it was used. */
  final CommandSpec spec() {
    return spec;
  }

  @Override
  public final void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().usage(out);
    out.flush();
  }
}
