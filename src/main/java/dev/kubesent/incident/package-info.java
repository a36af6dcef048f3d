/**
 * Stage 3: the claim, and the record of everything that follows.
 *
 * <p>Takes a {@link dev.kubesent.failure.Failure} and its pod, and gives a {@link dev.kubesent.incident.Claim}: ours, or
 * being handled, or settled. May read and write {@code incidents.kubesent.dev} resources, and nothing else. All state of
 * KubeSent lives in them, in the cluster: creating one by its computed name is the claim, a lease in its status keeps two
 * processes apart, and what a killed process left is taken over when the lease has run out. A person's word ({@code
 * spec.approved}) is read here, and finished incidents are deleted here when their time is over.
 *
 * <p>What is written down is the API's: {@link dev.kubesent.api.v1alpha1.IncidentStatus} and the types with {@code Record} in their name. The stages
 * that come later have their own.
 */
@NullMarked
package dev.kubesent.incident;

import org.jspecify.annotations.NullMarked;
