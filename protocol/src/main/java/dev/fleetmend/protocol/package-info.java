/** What server and node say to each other, and how it is signed. JDK and jackson-core only. */
package dev.fleetmend.protocol;
