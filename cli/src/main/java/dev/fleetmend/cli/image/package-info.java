/** The agent as an image of its own, for hosts without Java. */
package dev.fleetmend.cli.image;
