/**
 * The record of a storm, which all processes share: many workloads failed together, and nothing is changed.
 *
 * <p>Takes the gate's refusals, and writes a ConfigMap and an Event of KubeSent's own namespace. Whether there is a storm the gate says ({@link
 * dev.kubesent.gate.bounds.StormGauge}); here it is noted, and remembered for a moment, so that of a thousand failures not each is judged in full.
 */
@NullMarked
package dev.kubesent.storm;

import org.jspecify.annotations.NullMarked;
