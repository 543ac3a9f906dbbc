package dev.fleetmend.server.rollback;

/**
 * {@code Fleetmend.ListTransactions}: what nodes' journals hold, and what can be taken back.
 *
 * @param instanceId a node's id, or empty for all
 * @param maxResults 1 to 50 nodes, 0 for 10
 */
public record ListTransactionsRequest(String instanceId, String nextToken, int maxResults) {}
