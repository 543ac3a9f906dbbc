/** Access keys: {@code key create|list|revoke}. */
package dev.fleetmend.cli.key;
