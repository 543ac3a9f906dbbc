/** {@code fleetmend output}: the whole output of commands. */
package dev.fleetmend.cli.output;
