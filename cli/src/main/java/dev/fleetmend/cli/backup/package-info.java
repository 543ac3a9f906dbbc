/** Saving and restoring what a server keeps: {@code backup}, {@code restore}. */
package dev.fleetmend.cli.backup;
