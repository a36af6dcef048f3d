/**
 * What outlives an incident: a folder of files, for who asks a month later.
 *
 * <p>Takes an {@link dev.kubesent.api.v1alpha1.Incident} and, while it is at hand, its {@link dev.kubesent.evidence.Evidence}; gives nothing.
 * May write below its one folder, and nothing else; no cluster. An incident that cannot be archived is not deleted.
 */
@NullMarked
package dev.kubesent.archive;

import org.jspecify.annotations.NullMarked;
