/** Heals a Knative Service by where its traffic goes; and says how its next Revision does. */
@NullMarked
package dev.kubesent.remedy.knative;

import org.jspecify.annotations.NullMarked;
