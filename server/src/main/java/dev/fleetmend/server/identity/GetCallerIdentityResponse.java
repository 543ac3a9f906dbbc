package dev.fleetmend.server.identity;

/**
 * Who asked.
 *
 * @param userId the access key's id; of a node its role and its id
 * @param account 12 digits
 */
record GetCallerIdentityResponse(String userId, String account, String arn) {}
