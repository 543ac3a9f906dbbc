/** Debian's package manager: dpkg and apt, asked through their own programs. */
package dev.fleetmend.node.apt;
