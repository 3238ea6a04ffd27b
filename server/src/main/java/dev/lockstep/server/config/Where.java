package dev.lockstep.server.config;

/** A key's path and its place in the file. */
record Where(String path, Place place) {
  static final Where FILE = new Where("", Place.FILE);

  /** A key within this block. */
  Where in(String name, Place at) {
    return new Where(path.isEmpty() ? name : path + "." + name, at);
  }

  /** A key that is not there: the block's own place is as near as it gets. */
  Where missing(String name) {
    return in(name, place);
  }

  /** An element of this list. */
  Where element(int index, Place at) {
    return new Where(path + "[" + index + "]", at);
  }

  /** The last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  Where at(Place other) {
    return new Where(path, other);
  }
}
