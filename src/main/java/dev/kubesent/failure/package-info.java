/**
 * Stage 2: what is wrong with a pod, container by container.
 *
 * <p>Takes a {@code Pod} of the Kubernetes model and the time, and gives the list of its {@link
 * dev.kubesent.failure.Failure}s: crash loops, image pulls that fail, OOM kills, and pods that
 * never begin; and what is only told, of pods that are over, never ready, or do not get past an init container. Pure; may call nothing. It names
 * what Kubernetes shows and no cause: exit code 137 is not an OOM, and OOMKilled is not yet a limit that is too low
 * ({@code diagnosis} decides those). One file per detector; {@link dev.kubesent.failure.Failures} is their list.
 */
@NullMarked
package dev.kubesent.failure;

import org.jspecify.annotations.NullMarked;
