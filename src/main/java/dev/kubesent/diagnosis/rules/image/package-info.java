/**
 * Why an image cannot be had.
 *
 * <p>Takes evidence of a failed pull, reads the chain of speakers in the status and the events ({@code diagnosis.kubelet}), and adds what
 * the pod and its surroundings show. What the words mean stands in signatures/image.yaml.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.image;

import org.jspecify.annotations.NullMarked;
