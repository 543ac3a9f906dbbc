/** What the kernel and the operating system say about this host. */
package dev.fleetmend.node.host;
