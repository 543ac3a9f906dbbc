package dev.fleetmend.node.update;

/**
 * An update under way, on disk before anything is changed.
 *
 * @param commandId the command that asked for it
 * @param from the hash of the image that ran then
 * @param to the hash of the image that is to run
 */
record Attempt(String commandId, String from, String to) {}
