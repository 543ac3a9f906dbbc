package dev.fleetmend.server.document;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.tag.TagDirectory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Documents, made from the core. */
public final class DocumentCapability implements Documents {
  /** SSM's ResourceTypeForTagging. */
  static final String TAGGED = "Document";

  private final Core core;
  private final TagDirectory tags;
  private final DocumentLimits limits;
  private final DocumentContents contents;
  private final DocumentTable table = new DocumentTable();
  private final DocumentLibrary library;
  private final List<BiPredicate<Handle, String>> associated = new CopyOnWriteArrayList<>();
  private final List<DocumentNeed> needs = new CopyOnWriteArrayList<>();

  public DocumentCapability(Core core, TagDirectory tags) {
    this(core, tags, DocumentLimits.of(core.quotas()));
  }

  DocumentCapability(Core core, TagDirectory tags, DocumentLimits limits) {
    this.core = core;
    this.tags = tags;
    this.limits = limits;
    this.contents = new DocumentContents(limits.bytes());
    this.library = new DocumentLibrary(new BuiltInDocuments(contents), table);
  }

  /** Names how to tell whether nodes are associated with a document: it is not deleted then. */
  public void associated(BiPredicate<Handle, String> with) {
    associated.add(with);
  }

  /** Lets nodes read documents for one more reason. */
  public void needed(DocumentNeed need) {
    needs.add(need);
  }

  public void offer() {
    offer(core.operations());
  }

  void offer(Operations operations) {
    ShareTable shares = new ShareTable();
    DocumentViews views = new DocumentViews(contents, core.config().account());
    new DocumentQueries(
            core.store(),
            library,
            contents,
            views,
            tags,
            (db, instance, name) -> needs.stream().anyMatch(one -> one.needs(db, instance, name)))
        .offer(operations);
    new DocumentChanges(
            core,
            library,
            table,
            shares,
            contents,
            views,
            limits,
            tags,
            (db, name) -> associated.stream().anyMatch(with -> with.test(db, name)))
        .offer(operations);
    new DocumentSharing(core.store(), library, table, shares, limits).offer(operations);
    new DocumentReviews(core, library, table).offer(operations);
    new Calendars(core.store(), library, core.clock()).offer(operations);
    tags.resources(TAGGED, name -> core.store().read(db -> !table.versions(db, name).isEmpty()));
  }

  @Override
  public CommandDocument find(Handle db, String nameOrArn, @Nullable String version) {
    return contents.command(library.find(db, nameOrArn, version, null));
  }
}
