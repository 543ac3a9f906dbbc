/** The agent's way onto a host: its image, and the script that installs it. */
package dev.fleetmend.server.install;
