/**
 * {@code fleetmend ssm}: any operation, its options spelled as in the aws CLI, its answer picked
 * from with JMESPath.
 */
package dev.fleetmend.cli.ssm;
