package dev.fleetmend.server.catalog;

import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** What archives offer, by operating system and product; of a version its newest record. */
  public List<ProductOffers> offers(Handle db) {
    Map<Product, List<Integer>> ids = new TreeMap<>();
    db.createQuery(
            "SELECT operating_system, product, offer_id FROM catalog_product ORDER BY offer_id")
        .map(
            (row, context) ->
                Map.entry(new Product(row.getString(1), row.getString(2)), row.getInt(3)))
        .forEach(
            entry ->
                ids.computeIfAbsent(entry.getKey(), product -> new ArrayList<>())
                    .add(entry.getValue()));
    List<ProductOffers> all = new ArrayList<>();
    ids.forEach(
        (product, offerIds) ->
            all.add(
                new ProductOffers(
                    product.operatingSystem(), product.name(), newest(offers.of(db, offerIds)))));
    return all;
  }

  private static List<OfferedVersion> newest(List<OfferedVersion> records) {
    Map<PackageVersion, OfferedVersion> versions = new LinkedHashMap<>();
    for (OfferedVersion offer : records) {
      versions.put(new PackageVersion(offer.name(), offer.arch(), offer.version()), offer);
    }
    return List.copyOf(versions.values());
  }

  private record Product(String operatingSystem, String name) implements Comparable<Product> {
    @Override
    public int compareTo(Product other) {
      return (operatingSystem + " " + name).compareTo(other.operatingSystem + " " + other.name);
    }
  }
}
