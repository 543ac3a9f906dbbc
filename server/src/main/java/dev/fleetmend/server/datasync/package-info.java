/**
 * Resource data sync: inventory and compliance written to a folder or an S3-compatible endpoint, in
 * the layout that AWS uses, so that queries written for it read ours. Where to is the server's
 * configuration; a request only names a bucket there.
 */
package dev.fleetmend.server.datasync;
