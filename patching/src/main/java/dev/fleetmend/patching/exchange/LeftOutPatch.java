package dev.fleetmend.patching.exchange;

/** A patch that an operation would leave out, with the reason. */
public record LeftOutPatch(String name, String arch, String version, String why) {}
