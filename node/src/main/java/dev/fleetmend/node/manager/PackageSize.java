package dev.fleetmend.node.manager;

/**
 * How large a version of a package is.
 *
 * @param download bytes of its package file, 0 where it is here already
 * @param installed bytes of its files once they are unpacked, 0 if unknown
 */
public record PackageSize(long download, long installed) {}
