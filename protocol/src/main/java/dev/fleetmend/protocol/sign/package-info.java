/**
 * AWS Signature Version 4, made and verified, and its RSA form in which a managed node proves its
 * key. JDK only: the agent signs with it too.
 */
package dev.fleetmend.protocol.sign;
