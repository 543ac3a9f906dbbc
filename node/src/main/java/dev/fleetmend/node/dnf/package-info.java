/**
 * dnf, asked through its own program; what it downloaded of repositories is read from its cache.
 */
package dev.fleetmend.node.dnf;
