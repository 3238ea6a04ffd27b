package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.PreparedEdit;
import dev.lockstep.hub.Reference;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Documents of entries, read as the entry API reads them, to be written later. Thread-safe. */
public final class EntryItems {
  private final Definitions definitions;
  private final FileEntries files;
  private final EntryShapes shapes;

  public EntryItems(Definitions definitions, FileEntries files) {
    this.definitions = definitions;
    this.files = files;
    this.shapes = new EntryShapes(definitions);
  }

  /**
   * A document as the hub takes it.
   *
   * @param draft with {@link PreparedEdit#placeholder} where a reference stands
   * @param references parents that are named by their codes
   * @param files those that came within it, to be noted as taken with it
   */
  public record Drafted(Draft draft, List<Reference> references, List<Long> files, Undo undo) {
    public Drafted {
      references = List.copyOf(references);
      files = List.copyOf(files);
    }
  }

  /** Removes the files that came within a document, when it was not taken. */
  public interface Undo {
    void run() throws InterruptedException;
  }

  /**
   * Reads the document of one entry.
   *
   * @param site of an object whose entries belong to sites
   * @param access of who sent it, who can refer to the files it may see
   * @throws Fault when it cannot be one
   * @throws dev.lockstep.hub.file.FileRefused when a file within it is not taken
   */
  public Drafted read(
      Definition definition, Optional<String> site, Access access, ObjectNode document)
      throws InterruptedException {
    Attachments attachments = new Attachments(files, new SeenFiles(definitions, access));
    List<Reference> references = new ArrayList<>();
    boolean read = false;
    try {
      EntryBody body =
          new EntryBody(
              (column, object, code, missing) -> {
                references.add(new Reference(column.name(), object, code, missing));
                return PreparedEdit.placeholder();
              },
              attachments,
              shapes.of(definition),
              site);
      Draft draft = body.draft(document);
      read = true;
      return new Drafted(draft, references, attachments.made(), attachments::undo);
    } finally {
      if (!read) {
        attachments.undo();
      }
    }
  }

  /** The code by which the hub knows an entry. */
  public String hubCode(Definition definition, Optional<String> site, String code) {
    return shapes.of(definition).hubCode(site, code);
  }

  /** The objects of which the parents of an object's entries are. */
  public List<String> parents(Definition definition) {
    EntryShape shape = shapes.of(definition);
    List<String> parents = new ArrayList<>();
    for (EntryShape.Column column : shape.columns()) {
      EntryShape.Way way =
          column.parent() == null ? null : shape.ways().get(column.parent().name());
      if (way != null) {
        parents.add(way.other().path());
      }
    }
    return parents;
  }

  /**
   * The edit that someone may make whose rights are not the same for all entries: it names the very
   * entry that was looked at, or demands that there is none.
   *
   * @throws Fault when what it is about is not there, as far as they may know
   * @throws dev.lockstep.hub.access.AccessRefused when they may not make it
   */
  public Edit guarded(
      Definition definition,
      Optional<String> site,
      Access access,
      Edit edit,
      List<Reference> references)
      throws InterruptedException {
    EntryShape shape = shapes.of(definition);
    EntryGuard guard = new EntryGuard(definitions.hub(), access, new EntryApi.Target(shape, site));
    for (Reference reference : references) {
      Optional<Entry> parent =
          definitions.hub().find(reference.object(), new EntryRef.Code(reference.code()));
      if (parent.isPresent() && !access.sees(reference.object(), parent.get())) {
        throw Fault.bad(reference.missing(), "create that entry first");
      }
    }
    return switch (edit) {
      case Edit.Create(Draft draft) -> {
        guard.adds();
        guard.refersToSeen(draft, Optional.empty(), shapes);
        yield edit;
      }
      case Edit.Replace(EntryRef ref, Draft draft, Match match) -> {
        EntryGuard.Chosen chosen =
            match instanceof Match.Present ? guard.changed(ref, Right.UPDATE) : guard.replaced(ref);
        guard.refersToSeen(draft, chosen.before(), shapes);
        yield new Edit.Replace(chosen.ref(), draft, chosen.match());
      }
      case Edit.Patch(EntryRef ref, Draft draft, _) -> {
        EntryGuard.Chosen chosen = guard.changed(ref, Right.UPDATE);
        guard.refersToSeen(draft, chosen.before(), shapes);
        yield new Edit.Patch(chosen.ref(), draft, chosen.match());
      }
      case Edit.Merge(String code, Draft draft) -> {
        EntryGuard.Chosen chosen = guard.replaced(new EntryRef.Code(code));
        guard.refersToSeen(draft, chosen.before(), shapes);
        yield chosen.before().isPresent()
            ? new Edit.Patch(chosen.ref(), draft, chosen.match())
            : new Edit.Create(draft);
      }
      case Edit.Delete(EntryRef ref, _) -> {
        EntryGuard.Chosen chosen = guard.changed(ref, Right.DELETE);
        yield new Edit.Delete(chosen.ref(), chosen.match());
      }
    };
  }
}
