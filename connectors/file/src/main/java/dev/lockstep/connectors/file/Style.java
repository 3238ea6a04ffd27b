package dev.lockstep.connectors.file;

import java.nio.charset.Charset;

/**
 * The spelling of a dataset's files.
 *
 * @param nulls the unquoted text that stands for null
 */
record Style(char delimiter, char quote, boolean header, String nulls, Charset charset) {

  boolean isNull(String text, boolean quoted) {
    return !quoted && text.equals(nulls);
  }
}
