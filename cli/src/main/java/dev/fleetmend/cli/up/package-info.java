/** Starting, stopping and finding the server: {@code up}, {@code down}, {@code env}. */
package dev.fleetmend.cli.up;
