/** Who changed what: {@code audit}. */
package dev.fleetmend.cli.audit;
