package dev.lockstep.cli;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.server.ConfigurationRefused;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.http.BindRefused;
import dev.lockstep.store.StoreException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells why a command failed: one message, without the way it took through the program. */
final class TellFailure implements IExecutionExceptionHandler {
  private final Stop stop;

  TellFailure(Stop stop) {
    this.stop = stop;
  }

  @Override
  public int handleExecutionException(Exception failed, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failed instanceof InterruptedException && stop.isRequested()) {
      err.println("Stopped. What was under way goes on where it stood.");
      err.flush();
      return ExitCode.STOPPED;
    }
    err.println(message(failed));
    if (command.getParseResult().hasMatchedOption("--debug")) {
      failed.printStackTrace(err);
    }
    err.flush();
    return ExitCode.FAILED;
  }

  private static String message(Exception failed) {
    return switch (failed) {
      // It begins with the file's name, as compilers do.
      case InvalidConfiguration invalid -> String.valueOf(invalid.getMessage());
      case ConfigurationRefused refused -> String.valueOf(refused.getMessage());
      case Failed told -> "lockstep: " + told.getMessage();
      case AdminRefused told -> "lockstep: " + told.getMessage();
      case BindRefused told -> "lockstep: " + told.getMessage();
      case StoreException told -> "lockstep: " + told.getMessage();
      case ConnectorException told -> "lockstep: " + told.getMessage();
      default ->
          "lockstep: a defect of Lockstep: " + failed + "; run it again with --debug to see where";
    };
  }
}
