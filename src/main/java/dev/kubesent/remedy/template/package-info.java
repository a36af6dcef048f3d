/**
 * Heals in the pod template of a workload: more memory, one field, or an earlier revision; and how a template reaches the pods.
 *
 * <p>Asks {@code job} and {@code knative} how the next run, or Revision, of a changed template does.
 */
@NullMarked
package dev.kubesent.remedy.template;

import org.jspecify.annotations.NullMarked;
