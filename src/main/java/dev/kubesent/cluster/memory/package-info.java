/**
 * The ports on a cluster that lives in this process: the default of the local run, and of tests that need no network.
 *
 * <p>{@link dev.kubesent.cluster.memory.InMemoryCluster} answers as an API server does where KubeSent can tell the
 * difference: uids, resourceVersions, conflicts, status subresources, dry runs that persist nothing, pods whose spec
 * cannot be patched. The scenarios run on it and on a real API server, so that it cannot drift. {@link
 * dev.kubesent.cluster.memory.Controllers} plays the controllers and the kubelet for the local run, and only there.
 */
@NullMarked
package dev.kubesent.cluster.memory;

import org.jspecify.annotations.NullMarked;
