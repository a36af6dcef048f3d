/**
 * By what the gate measures: the user's settings, a mute, the storm, the namespaces and workloads in scope, the memory of a pod.
 *
 * <p>Reads the cluster, and decides nothing: a constraint does. Knows neither the constraints nor the gate.
 */
@NullMarked
package dev.kubesent.gate.bounds;

import org.jspecify.annotations.NullMarked;
