package dev.fleetmend.server.catalog;

import dev.fleetmend.patching.fact.OfferedVersion;
import java.util.List;

/** What archives offer to the nodes of one product. */
public record ProductOffers(String operatingSystem, String product, List<OfferedVersion> offers) {
  public ProductOffers {
    offers = List.copyOf(offers);
  }
}
