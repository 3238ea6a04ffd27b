package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;

record ToBytes() implements Converter {
  private static final Type TARGET = new Type.Bytes();

  @Override
  public Object convert(Object value) {
    if (value instanceof byte[]) {
      return value;
    }
    throw Unfit.value(value, TARGET, "write bytes(…) for UTF-8, or base64.decode(…)");
  }
}
