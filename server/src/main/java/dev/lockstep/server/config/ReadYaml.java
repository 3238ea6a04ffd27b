package dev.lockstep.server.config;

import dev.lockstep.server.config.Node.Scalar.Origin;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into nodes with places. Of a file that is no YAML it gives what stands before the
 * fault, so that what is wrong there is told as well. Anchors, tags and several documents are
 * refused: a configuration is to be read from top to bottom.
 */
final class ReadYaml {
  private final Problems problems;
  private final TreeBuilder tree;
  private int documents;

  private ReadYaml(Problems problems) {
    this.problems = problems;
    this.tree = new TreeBuilder(problems);
  }

  /** The file's content; empty when it has none. Never throws. */
  static Optional<Node> read(String text, Problems problems) {
    Problems attempt = problems.attempt();
    ReadYaml first = new ReadYaml(attempt);
    boolean tabbed = first.readAll(text) instanceof YamlFault fault && fault.isTab();
    if (!tabbed) {
      problems.take(attempt);
      return first.tree.root();
    }
    ReadYaml second = new ReadYaml(problems);
    second.readAll(new SourceText(problems).withoutTabs(text));
    return second.tree.root();
  }

  private Object readAll(String text) {
    try {
      LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
      for (Event event : new Parse(settings).parseString(text)) {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
          problems.add(
              at(event),
              "a second document starts here",
              "keep one: remove the line --- and what follows");
          return tree;
        }
        accept(event);
      }
    } catch (MarkedYamlEngineException e) {
      YamlFault fault = YamlFault.of(e, text);
      problems.add(new Where(tree.path(), fault.place()), fault.fault(), fault.remedy());
      tree.cutOff();
      return fault;
    } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The library throws the latter two for some escapes that name no character.
      problems.add(
          new Where(tree.path(), tree.lastPlace()),
          "from here on this is no YAML",
          "check the quotes and escapes of the next lines");
      tree.cutOff();
    }
    return tree;
  }

  private void accept(Event event) {
    if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
      refuseExtras(node);
    }
    switch (event) {
      case ScalarEvent scalar ->
          tree.add(new Node.Scalar(place(event), scalar.getValue(), scalar.isPlain(), Origin.FILE));
      case MappingStartEvent _ -> tree.startBlock(place(event));
      case SequenceStartEvent _ -> tree.startItems(place(event));
      case MappingEndEvent _, SequenceEndEvent _ -> tree.end();
      case AliasEvent alias -> {
        refuse(event, "an alias (*" + alias.getAlias() + ")", "write the value again");
        tree.add(new Node.Scalar(place(event), "", false, Origin.UNKNOWN));
      }
      default -> {
        // Starts and ends of stream and document, and comments, say nothing.
      }
    }
  }

  private void refuseExtras(NodeEvent event) {
    event
        .getAnchor()
        .ifPresent(anchor -> refuse(event, "an anchor (&" + anchor + ")", "leave it out"));
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.empty();
        };
    tag.ifPresent(name -> refuse(event, "a tag (" + name + ")", "leave it out"));
  }

  private void refuse(Event event, String what, String remedy) {
    problems.add(at(event), what + " is not read in a configuration", remedy);
  }

  private Where at(Event event) {
    return new Where(tree.path(), place(event));
  }

  private static Place place(Event event) {
    return event.getStartMark().map(ReadYaml::place).orElse(Place.FILE);
  }

  static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
