/**
 * Declarative files: what they say, spelled as people write, turned into SSM's own requests.
 * Nothing here talks to a server.
 */
package dev.fleetmend.cli.declare;
