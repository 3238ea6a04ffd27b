package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.ContentType;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Counts the items of a content as it passes, by its outer shape alone: what is damaged is found
 * when it is read.
 */
final class CountItems extends OutputStream {
  private final OutputStream out;
  private final Counter counter;

  CountItems(OutputStream out, ContentType type, boolean zipped) {
    this.out = out;
    this.counter =
        zipped
            ? new Unknown()
            : switch (type) {
              case JSON -> new Elements();
              case JSONL -> new Lines();
              case CSV, JSONT, XLS, XLSX -> new Unknown();
            };
  }

  /** How many there were; 0 where it cannot be told. */
  long count() {
    return counter.count();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] some, int from, int length) throws IOException {
    counter.pass(some, from, length);
    out.write(some, from, length);
  }

  private interface Counter {
    void pass(byte[] some, int from, int length);

    long count();
  }

  private static final class Unknown implements Counter {
    @Override
    public void pass(byte[] some, int from, int length) {}

    @Override
    public long count() {
      return 0;
    }
  }

  /** Lines that are not blank. */
  private static final class Lines implements Counter {
    private long lines;
    private boolean any;

    @Override
    public void pass(byte[] some, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (some[i] == '\n') {
          any = false;
        } else if (!any && (some[i] > ' ' || some[i] < 0)) {
          any = true;
          lines++;
        }
      }
    }

    @Override
    public long count() {
      return lines;
    }
  }

  /** Elements of the outermost array. */
  private static final class Elements implements Counter {
    private long commas;
    private boolean any;
    private int depth;
    private boolean quoted;
    private boolean escaped;

    @Override
    public void pass(byte[] some, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (quoted) {
          inText(some[i]);
        } else {
          outside(some[i]);
        }
      }
    }

    private void inText(byte one) {
      if (escaped) {
        escaped = false;
      } else if (one == '\\') {
        escaped = true;
      } else if (one == '"') {
        quoted = false;
      }
    }

    private void outside(byte one) {
      switch (one) {
        case '"' -> {
          quoted = true;
          any = true;
        }
        case '[', '{' -> {
          any |= depth > 0;
          depth++;
        }
        case ']', '}' -> depth--;
        case ',' -> commas += depth == 1 ? 1 : 0;
        default -> any |= depth == 1 && one > ' ';
      }
    }

    @Override
    public long count() {
      return any ? commas + 1 : 0;
    }
  }
}
