/** Signed calls to the server over {@code HttpURLConnection}. */
package dev.fleetmend.node.http;
