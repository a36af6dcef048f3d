/**
 * What a pod may do: to its node, to its volumes, and inside of its containers.
 *
 * <p>Takes two pod specs, and says which right the one has that the other has not ({@link dev.kubesent.cluster.rights.PodRights}). Pure: asks no cluster, and
 * knows of no change.
 */
@NullMarked
package dev.kubesent.cluster.rights;

import org.jspecify.annotations.NullMarked;
