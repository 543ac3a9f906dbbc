package dev.fleetmend.protocol.message;

import org.jspecify.annotations.Nullable;

/** {@code AmazonSSM.ListInstanceAssociations}: what a node is to run by itself. */
public record ListInstanceAssociationsRequest(
    String instanceId, int maxResults, @Nullable String nextToken) {}
