/**
 * What readiness and liveness say: whether the cluster answers and its CRD is the image's, whether the second gate is there, whether work goes on. Reads
 * only.
 */
@NullMarked
package dev.kubesent.function.health;

import org.jspecify.annotations.NullMarked;
