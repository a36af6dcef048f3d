/**
 * Where no source sends events, KubeSent watches itself ({@code KUBESENT_FEED=watch}).
 *
 * <p>{@link dev.kubesent.watch.WatchFeed} stands for the lease; while it is elected, a {@code Term} runs: a {@code WatchLoop} for pods and one for
 * incidents, whose lines the {@code Intake} glances at as bytes; what may fail waits in the {@code LookQueue}, a few {@code Looker}s take it to the same
 * door as events come to, and a {@code SweepClock} has sweeps made. Nothing is kept of a pod that is well, so there is no list to compare with: what a
 * watch has missed, a sweep finds. Takes a {@link dev.kubesent.cluster.ClusterWatcher} and an {@link dev.kubesent.cluster.Election}, gives sightings to
 * the {@code pipeline}, and decides nothing. Only the edge may call it.
 */
@NullMarked
package dev.kubesent.watch;

import org.jspecify.annotations.NullMarked;
