/** How much there may be of what, which whoever runs the server can change. */
package dev.fleetmend.server.quota;
