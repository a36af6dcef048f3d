/**
 * Stage 4: everything a diagnosis may rest on, read once.
 *
 * <p>Takes a {@link dev.kubesent.failure.Failure} and its live pod, and gives {@link dev.kubesent.evidence.Evidence}: the
 * last log lines, the pod's events, its owners up to the top, what
 * KubeSent did to this workload before, what a fresh rollout changed, the Services that a log names, what the containers of the template use, and the images that run beside
 * one that cannot be pulled; and, where there is a change to judge, what that has to respect: limits, quotas, the node. May read the cluster, and nothing else. A source that cannot be read is a {@link
 * dev.kubesent.evidence.Reading.Missing} entry with the reason, never an exception: a rule that needs it stays silent, a
 * constraint that needs it says no.
 */
@NullMarked
package dev.kubesent.evidence;

import org.jspecify.annotations.NullMarked;
