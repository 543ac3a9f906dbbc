/** What patch operations would do, and what they did: {@code preview} and {@code transactions}. */
package dev.fleetmend.cli.preview;
