package dev.fleetmend.server.catalog;

import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * All that nodes have in common. Records are stored without what is a node's own: packages without
 * hold and time, offers without candidate, statuses without time.
 */
public final class Catalog {
  private final Interned<InstalledPackage> packages =
      new Interned<>("package", InstalledPackage.class);
  private final Interned<OfferedVersion> offers = new Interned<>("offer", OfferedVersion.class);
  private final Interned<PatchStatus> statuses = new Interned<>("status", PatchStatus.class);

  public Interned<InstalledPackage> packages() {
    return packages;
  }

  public Interned<OfferedVersion> offers() {
    return offers;
  }

  public Interned<PatchStatus> statuses() {
    return statuses;
  }

  /** Notes that archives offer versions to a product. */
  public void offeredTo(
      Handle tx, String operatingSystem, String product, Collection<Integer> offers) {
    PreparedBatch rows =
        tx.prepareBatch(
            "INSERT INTO catalog_product (operating_system, product, offer_id)"
                + " VALUES (:system, :product, :offer) ON CONFLICT DO NOTHING");
    for (Integer offer : offers) {
      rows.bind("system", operatingSystem).bind("product", product).bind("offer", offer).add();
    }
    if (!offers.isEmpty()) {
      rows.execute();
    }
  }

  /** The products of an operating system that versions have been offered to, in order. */
  public List<String> products(Handle db, String operatingSystem) {
    return db.createQuery(
            "SELECT DISTINCT product FROM catalog_product WHERE operating_system = :system"
                + " ORDER BY product")
        .bind("system", operatingSystem)
        .mapTo(String.class)
        .list();
  }

  /** The versions that archives have offered to nodes of a product. */
  public List<OfferedVersion> offersFor(Handle db, String operatingSystem, String product) {
    return offers.of(
        db,
        db.createQuery(
                "SELECT offer_id FROM catalog_product"
                    + " WHERE operating_system = :system AND product = :product ORDER BY offer_id")
            .bind("system", operatingSystem)
            .bind("product", product)
            .mapTo(Integer.class)
            .list());
  }
}
