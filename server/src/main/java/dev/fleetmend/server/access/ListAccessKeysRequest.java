package dev.fleetmend.server.access;

/**
 * {@code Fleetmend.ListAccessKeys}: whose keys there are, by id.
 *
 * @param includeRevoked whether to list those that are good no more, too
 * @param maxResults 1 to 100, 0 for 100
 */
record ListAccessKeysRequest(boolean includeRevoked, String nextToken, int maxResults) {}
