/** How the command line reaches a server: its address, its key, signed requests. */
package dev.fleetmend.cli.client;
