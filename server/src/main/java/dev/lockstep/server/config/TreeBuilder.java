package dev.lockstep.server.config;

import dev.lockstep.server.config.Node.Scalar.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the events of a YAML reader together to nodes. */
final class TreeBuilder {
  private static final int DEEPEST = 40;

  private final Problems problems;
  private final Deque<Frame> open = new ArrayDeque<>();
  private @Nullable Node root;
  private Place last = new Place(1, 1);

  /** How many blocks are open below the deepest that is kept. */
  private int tooDeep;

  TreeBuilder(Problems problems) {
    this.problems = problems;
  }

  Optional<Node> root() {
    return Optional.ofNullable(root);
  }

  Place lastPlace() {
    return last;
  }

  /** The path of what is being read. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (Iterator<Frame> frames = open.descendingIterator(); frames.hasNext(); ) {
      Frame frame = frames.next();
      if (!frame.isBlock) {
        path.append('[').append(frame.nodes.size()).append(']');
      } else if (frame.key != null) {
        path.append(path.isEmpty() ? "" : ".").append(frame.key.text());
      }
    }
    return path.toString();
  }

  void startBlock(Place place) {
    start(place, true);
  }

  void startItems(Place place) {
    start(place, false);
  }

  private void start(Place place, boolean isBlock) {
    last = place;
    if (open.size() < DEEPEST) {
      open.push(new Frame(place, isBlock));
    } else if (tooDeep++ == 0) {
      problems.add(new Where(path(), place), "blocks are nested too deep", "nest less deep");
    }
  }

  void end() {
    if (tooDeep > 0) {
      if (--tooDeep == 0) {
        add(new Node.Scalar(last, "", false, Origin.UNKNOWN));
      }
      return;
    }
    close(true);
  }

  /** Ends everything that is open: the file cannot be read any further. */
  void cutOff() {
    tooDeep = 0;
    Frame innermost = open.peek();
    if (innermost != null && innermost.isBlock && !innermost.entries.isEmpty()) {
      // What ended just before may have been meant to go on: a line out of step ends a block.
      Node.Entry before = innermost.entries.removeLast();
      innermost.entries.add(new Node.Entry(before.key(), before.at(), cutOff(before.value())));
    }
    while (!open.isEmpty()) {
      close(false);
    }
  }

  private static Node cutOff(Node node) {
    if (!(node instanceof Node.Block block)) {
      return node;
    }
    List<Node.Entry> entries = new ArrayList<>(block.entries());
    if (!entries.isEmpty()) {
      Node.Entry last = entries.removeLast();
      entries.add(new Node.Entry(last.key(), last.at(), cutOff(last.value())));
    }
    return new Node.Block(block.place(), entries, false);
  }

  private void close(boolean complete) {
    Frame frame = open.pop();
    if (frame.key != null) {
      frame.entry(new Node.Scalar(last, "", false, Origin.UNKNOWN));
    }
    add(
        frame.isBlock
            ? new Node.Block(frame.place, frame.entries, complete)
            : new Node.Items(frame.place, frame.nodes));
  }

  void add(Node node) {
    if (tooDeep > 0) {
      return;
    }
    Frame frame = open.peek();
    if (frame == null) {
      root = node;
      return;
    }
    if (node instanceof Node.Scalar) {
      last = node.place();
    }
    if (!frame.isBlock) {
      frame.nodes.add(node);
    } else if (frame.key != null) {
      frame.entry(node);
    } else {
      key(frame, node);
    }
  }

  private void key(Frame frame, Node node) {
    if (!(node instanceof Node.Scalar scalar) || scalar.isUnknown()) {
      problems.add(
          new Where(path(), node.place()), node.kind() + " stands for a key", "write a name");
      frame.key = new Node.Scalar(node.place(), "", false, Origin.UNKNOWN);
      return;
    }
    Optional<Node.Entry> before =
        frame.entries.stream().filter(entry -> entry.key().equals(scalar.text())).findFirst();
    if (before.isPresent()) {
      problems.add(
          new Where(path(), node.place()).in(scalar.text(), node.place()),
          "the key stands twice, first in line " + before.get().at().line(),
          "keep one of the two");
    }
    frame.key = scalar;
    frame.twice = before.isPresent();
  }

  /** A block or list that is being read. */
  private static final class Frame {
    private final Place place;
    private final boolean isBlock;
    private final List<Node.Entry> entries = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private Node.@Nullable Scalar key;
    private boolean twice;

    Frame(Place place, boolean isBlock) {
      this.place = place;
      this.isBlock = isBlock;
    }

    /** Ends the entry that was begun; what is told already is left out. */
    void entry(Node value) {
      Node.Scalar name = Objects.requireNonNull(key);
      if (!twice && !name.isUnknown()) {
        entries.add(new Node.Entry(name.text(), name.place(), value));
      }
      key = null;
      twice = false;
    }
  }
}
