package dev.fleetmend.server.work;

/**
 * A kind of work that is done later.
 *
 * @param name unique, stored with the work: never rename one that may be scheduled somewhere
 * @param data what the work needs to know; stored as JSON
 */
public record WorkKind<T extends Record>(String name, Class<T> data) {}
