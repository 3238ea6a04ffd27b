package dev.lockstep.server.config;

/**
 * A place in the file.
 *
 * @param line from 1; 0 means the file as a whole
 * @param column from 1
 */
record Place(int line, int column) {
  static final Place FILE = new Place(0, 0);
}
