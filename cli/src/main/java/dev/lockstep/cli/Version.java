package dev.lockstep.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest states it; classes run outside a jar have none. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"lockstep " + Objects.requireNonNullElse(version, "(not packaged)")};
  }
}
