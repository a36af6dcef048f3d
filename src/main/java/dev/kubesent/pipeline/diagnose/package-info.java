/**
 * {@code POST /diagnose}: the doctor alone, for a pod that is given in the question. Reads no cluster, opens no incident and changes nothing. Nothing of
 * the pipeline needs it.
 */
@NullMarked
package dev.kubesent.pipeline.diagnose;

import org.jspecify.annotations.NullMarked;
