/**
 * yum 3, asked through its own program and, where that has no command for it, its library; what it
 * downloaded of repositories is read from a cache of our own.
 */
package dev.fleetmend.node.yum;
