/** Who the caller is, as SDKs and Terraform ask the token service (STS). */
package dev.fleetmend.server.identity;
