package dev.lockstep.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands; those that go on until stopped are told how. */
final class Create implements IFactory {
  private final Stop stop;

  Create(Stop stop) {
    this.stop = stop;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return type == UpCommand.class
        ? type.cast(new UpCommand(stop))
        : CommandLine.defaultFactory().create(type);
  }
}
